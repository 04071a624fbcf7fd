import { error } from '@sveltejs/kit';
import { listingRoles } from '#shared/catalogue/acts.ts';
import { apiFor, type Api } from '#lib/api.ts';
import { forPage, sentenceForStatus } from '#lib/failure.ts';
import { actingOf, hasRole } from '../viewer.ts';

export type Editing = Awaited<ReturnType<Api['catalogue']['listing']['edit']>>;

/** A partner's own desk in a program: what it publishes, its draft, and whether this person may change it. */
export interface Desk {
  readonly editing: Editing;
  readonly mayEdit: boolean;
}

/** Opens the desk of the organization that the visitor acts for; other visitors get the page that says why not. */
export async function openDesk(fetch: typeof globalThis.fetch, program: string): Promise<Desk> {
  const acting = await actingOf(fetch);
  if (acting === undefined) error(401, { message: sentenceForStatus(401) });
  if (acting.kind !== 'partner') {
    error(403, { message: 'Only people of a partner organization edit a listing, and only that of their own.' });
  }
  const params = { program, partner: acting.organization };
  return {
    editing: await forPage(apiFor(fetch).catalogue.listing.edit({ params })),
    mayEdit: hasRole(acting, ...listingRoles['save-draft']),
  };
}

/** What an editor goes on from: the draft, or what is published where there is none. */
export function contentOf({ draft, listing }: Editing) {
  return draft?.content ?? listing.content;
}

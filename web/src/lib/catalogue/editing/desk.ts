import { listingRoles } from '#shared/catalogue/acts.ts';
import { apiFor, type Api } from '#lib/api.ts';
import { forPage } from '#lib/failure.ts';
import { ApiRefusal } from '#lib/refusal.ts';
import { hasRole } from '../viewer.ts';

export type Editing = Awaited<ReturnType<Api['catalogue']['listing']['edit']>>;

/** A partner's own desk in a program: what it publishes, its draft, and whether this person may change it. */
export interface Desk {
  readonly editing: Editing;
  readonly mayEdit: boolean;
}

/** The desk of the organization that the visitor acts for. Throws the refusal that other visitors get. */
export async function deskOf(fetch: typeof globalThis.fetch, program: string): Promise<Desk> {
  const api = apiFor(fetch);
  const { acting } = await api.accounts.session.get();
  if (acting === undefined) throw new ApiRefusal({ code: 'not-signed-in' });
  if (acting.kind !== 'partner') {
    const message = 'Only people of a partner organization edit a listing, and only that of their own.';
    throw new ApiRefusal({ code: 'not-allowed', message });
  }
  return {
    editing: await api.catalogue.listing.edit({ params: { program, partner: acting.organization } }),
    mayEdit: hasRole(acting, ...listingRoles['save-draft']),
  };
}

/** The same for a page: other visitors get the page that says why not. */
export function openDesk(fetch: typeof globalThis.fetch, program: string): Promise<Desk> {
  return forPage(deskOf(fetch, program));
}

/** What an editor goes on from: the draft, or what is published where there is none. */
export function contentOf({ draft, listing }: Editing) {
  return draft?.content ?? listing.content;
}

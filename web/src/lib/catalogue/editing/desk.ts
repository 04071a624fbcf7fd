import { error } from '@sveltejs/kit';
import { listingRoles } from '#shared/catalogue/acts.ts';
import { apiFor, type Api } from '#lib/api.ts';
import { hasRole } from '#lib/accounts/has-role.ts';
import { actingAs, type Session } from '#lib/accounts/session.ts';
import { forPage } from '#lib/failure.ts';
import { refusalOf } from '#lib/refusal.ts';

export type Editing = Awaited<ReturnType<Api['catalogue']['listing']['edit']>>;

/** A partner's own desk in a program: what it publishes, its draft, and whether this person may change it. */
export interface Desk {
  readonly editing: Editing;
  readonly mayEdit: boolean;
}

function notListed(thrown: unknown): never {
  if (refusalOf(thrown)?.code !== 'not-found') throw thrown;
  error(404, 'This program does not list your organization, so there is no listing to edit here.');
}

/** Opens the desk of the organization that the visitor acts for; other visitors get the page that says why not. */
export async function openDesk(
  fetch: typeof globalThis.fetch,
  session: Session | undefined,
  program: string,
): Promise<Desk> {
  const acting = actingAs(session, program, 'partner');
  const params = { program, partner: acting.organization };
  const editing = apiFor(fetch).catalogue.listing.edit({ params });
  return {
    editing: await forPage(editing.catch(notListed)),
    mayEdit: hasRole(acting, ...listingRoles['save-draft']),
  };
}

/** What an editor goes on from: the draft, or what is published where there is none. */
export function contentOf({ draft, listing }: Editing) {
  return draft?.content ?? listing.content;
}

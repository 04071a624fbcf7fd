import { listingRoles } from '#shared/catalogue/acts.ts';
import { apiFor, type Api } from '#lib/api.ts';
import { hasRole } from '#lib/accounts/has-role.ts';
import { actingAs, type Session } from '#lib/accounts/session.ts';
import { forPage } from '#lib/failure.ts';

export type Editing = Awaited<ReturnType<Api['catalogue']['listing']['edit']>>;

/** A partner's own desk in a program: what it publishes, its draft, and whether this person may change it. */
export interface Desk {
  readonly editing: Editing;
  readonly mayEdit: boolean;
}

/** Opens the desk of the organization that the visitor acts for; other visitors get the page that says why not. */
export async function openDesk(
  fetch: typeof globalThis.fetch,
  session: Session | undefined,
  program: string,
): Promise<Desk> {
  const acting = actingAs(session, program, 'partner');
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

import { listingRoles } from '#shared/catalogue/acts.ts';
import { apiFor, type Api } from '#lib/api.ts';
import { hasRole } from '#lib/accounts/has-role.ts';
import type { Session } from '#lib/accounts/session.ts';
import { forPage } from '#lib/failure.ts';
import { ApiRefusal, refusalOf } from '#lib/refusal.ts';

export type Editing = Awaited<ReturnType<Api['catalogue']['listing']['edit']>>;

/** A partner's own desk in a program: what it publishes, its draft, and whether this person may change it. */
export interface Desk {
  readonly editing: Editing;
  readonly mayEdit: boolean;
}

function notListed(thrown: unknown): never {
  if (refusalOf(thrown)?.code !== 'not-found') throw thrown;
  const message = 'This program does not list your organization, so there is no listing to edit here.';
  throw new ApiRefusal({ code: 'not-found', message });
}

/** The desk of the organization that the visitor acts for. Throws the refusal that other visitors get. */
export async function deskOf(
  fetch: typeof globalThis.fetch,
  session: Session | undefined,
  program: string,
): Promise<Desk> {
  const acting = session?.acting;
  if (acting === undefined) throw new ApiRefusal({ code: 'not-signed-in' });
  if (acting.kind !== 'partner') {
    const message = 'Only people of a partner organization edit a listing, and only that of their own.';
    throw new ApiRefusal({ code: 'not-allowed', message });
  }
  const params = { program, partner: acting.organization };
  return {
    editing: await apiFor(fetch).catalogue.listing.edit({ params }).catch(notListed),
    mayEdit: hasRole(acting, ...listingRoles['save-draft']),
  };
}

/** The same for a page: other visitors get the page that says why not. */
export function openDesk(...of: Parameters<typeof deskOf>): Promise<Desk> {
  return forPage(deskOf(...of));
}

/** What an editor goes on from: the draft, or what is published where there is none. */
export function contentOf({ draft, listing }: Editing) {
  return draft?.content ?? listing.content;
}

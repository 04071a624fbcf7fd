import type { Actor, Role } from './actors.ts';

/**
 * Who may call a route. Declared once beside the route; the router, the deployment and the access
 * test read it. Ownership (whose request, whose listing) is decided by the use case, with 404.
 */
export type Access = 'public' | 'signed-in' | readonly Role[];

/** What a route declares beside its shape. */
export interface RouteMeta {
  readonly access: Access;
  /** A route that changes something is counted against the person's and the address's rate. */
  readonly change?: boolean;
  /** Sign-in has a rate of its own, by address. */
  readonly signIn?: boolean;
  /** The answer says by an ETag which one it is; who has it already is told that it still holds, without a body. */
  readonly revalidated?: boolean;
}

export type Admission = 'admitted' | 'not-signed-in' | 'not-allowed';

export function admit(access: Access, actor: Actor): Admission {
  if (access === 'public') return 'admitted';
  if (actor.kind === 'public') return 'not-signed-in';
  if (access === 'signed-in') return 'admitted';
  return actor.acting?.roles.some((role) => access.includes(role)) === true ? 'admitted' : 'not-allowed';
}

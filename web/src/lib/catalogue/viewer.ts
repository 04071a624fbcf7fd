import type { Role } from '#shared/kernel/actors.ts';
import { apiFor, type Api } from '#lib/api.ts';
import { forPage } from '#lib/failure.ts';

export type Acting = NonNullable<Awaited<ReturnType<Api['accounts']['session']['get']>>['acting']>;

/** For which organization the visitor acts; undefined for the public. Says what a page offers; the API decides. */
export async function actingOf(fetch: typeof globalThis.fetch): Promise<Acting | undefined> {
  return (await forPage(apiFor(fetch).accounts.session.get())).acting;
}

export function hasRole(acting: Acting | undefined, ...wanted: readonly Role[]): boolean {
  return acting?.roles.some((role) => wanted.includes(role)) ?? false;
}

import type { Role } from '#shared/kernel/actors.ts';
import type { Belonging } from './session.ts';

/** Whether the visitor acts in one of these roles. It says what a page offers; the API decides. */
export function hasRole(acting: Belonging | undefined, ...wanted: readonly Role[]): boolean {
  return acting?.roles.some((role) => wanted.includes(role)) ?? false;
}

import type { Person } from '#shared/kernel/actors.ts';
import { ok, refuse, type Result } from '#shared/kernel/result.ts';
import type { Call } from '#platform/router.ts';

/** The person who asks; the router lets nobody else through to a route for the signed-in. */
export function asking(call: Call): Result<Person, 'not-signed-in'> {
  return call.actor.kind === 'person' ? ok(call.actor) : refuse('not-signed-in');
}

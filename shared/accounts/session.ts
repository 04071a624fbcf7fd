import * as z from 'zod';
import { organizationId, personId } from '../kernel/ids.ts';
import { instant, plusMilliseconds, type Instant } from '../kernel/instants.ts';

const minute = 60_000;
/** A session ends this long after its last request, … */
export const idleMilliseconds = 120 * minute;
/** … and this long after sign-in, whatever happens. */
export const absoluteMilliseconds = 720 * minute;
/** The idle end is moved at most this often, so that reading pages costs hardly any writes. */
const extensionMilliseconds = 5 * minute;

export const session = z.object({
  person: personId,
  /** The organization that the person acts for; absent until one is chosen. */
  organization: organizationId.optional(),
  createdAt: instant,
  idleUntil: instant,
  endsAt: instant,
});
export type Session = z.infer<typeof session>;

export function beginSession(acting: Pick<Session, 'person' | 'organization'>, at: Instant): Session {
  return {
    ...acting,
    createdAt: at,
    idleUntil: plusMilliseconds(at, idleMilliseconds),
    endsAt: plusMilliseconds(at, absoluteMilliseconds),
  };
}

/** True while a session holds: strictly before both of its ends. */
export function runs(given: Session, at: Instant): boolean {
  return at < given.idleUntil && at < given.endsAt;
}

/** The session with its idle end moved, or undefined where moving it is not worth a write yet. */
export function extended(given: Session, at: Instant): Session | undefined {
  if (!runs(given, at)) return undefined;
  const until = plusMilliseconds(at, idleMilliseconds);
  const idleUntil = until < given.endsAt ? until : given.endsAt;
  const gained = Date.parse(idleUntil) - Date.parse(given.idleUntil);
  const last = idleUntil === given.endsAt && gained > 0;
  return last || gained >= extensionMilliseconds ? { ...given, idleUntil } : undefined;
}

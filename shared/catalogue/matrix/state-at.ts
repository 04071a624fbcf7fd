import type { ApprovalStatus } from '../model.ts';
import { isListedByDefault } from '../status.ts';
import { emptyBits, put, type Bits, type RowBits } from './bits.ts';
import { int, never, real, spanKinds, type MatrixColumns } from './columns.ts';
import { lastPerSnapshot, perSnapshot } from './per-snapshot.ts';
import { statusWords, type StatusWord } from './query-words.ts';
import { RowPlanes } from './row-planes.ts';

/** What the dates of a snapshot say at one moment. It holds up to, not including, `until`. */
export interface StateAt {
  readonly since: number;
  readonly until: number;
  /** By status word, the approvals that answer to it. */
  readonly answering: ReadonlyMap<StatusWord, RowBits>;
  /** The partners that can begin work now, and those of whom it is not known. */
  readonly roomNow: Bits;
  readonly roomUnknown: Bits;
}

export const approvalPlanes = perSnapshot((columns) => new RowPlanes(columns.approvals.from));

/** The state at `at` (milliseconds). It changes only at the moments in `columns.changes`. */
export const stateAt = lastPerSnapshot(
  (columns, at: number): StateAt => {
    const statuses = Array.from(columns.approvals.granted, (_, approval) => statusOf(columns, approval, at));
    const planes = approvalPlanes(columns);
    const roomNow = emptyBits(planes.words);
    const roomUnknown = emptyBits(planes.words);
    for (let partner = 0; partner < columns.partners.count; partner += 1) {
      const room = roomAt(columns, partner, at);
      if (room === 'now') put(roomNow, partner);
      if (room === 'unknown') put(roomUnknown, partner);
    }
    return {
      since: at,
      until: nextChange(columns, at),
      answering: new Map(
        statusWords.map((word) => [word, planes.where((approval) => answers(statuses[approval], word))]),
      ),
      roomNow,
      roomUnknown,
    };
  },
  (known, at) => known.since <= at && at < known.until,
);

/** `active` is the word for everything that is listed by default. */
function answers(status: ApprovalStatus | undefined, word: StatusWord): boolean {
  if (word === 'any') return true;
  return word === 'active' ? status !== undefined && isListedByDefault(status) : status === word;
}

/** The first moment after `at` at which a status or a capacity may change; `never` when none will. */
export function nextChange({ changes }: MatrixColumns, at: number): number {
  return changes.find((change) => change > at) ?? never;
}

/** The same order of precedence as `statusAt` in `shared/catalogue/status.ts`; a test holds the two together. */
export function statusOf({ approvals }: MatrixColumns, approval: number, at: number): ApprovalStatus {
  const { spans } = approvals;
  // The kinds of span stand in the order of their precedence, so the lowest that holds wins.
  let kind: number = spanKinds.length;
  const end = int(spans.from, approval + 1);
  for (let span = int(spans.from, approval); span < end; span += 1) {
    const holds = real(spans.begins, span) <= at && at < real(spans.until, span);
    if (holds) kind = Math.min(kind, int(spans.kind, span));
  }
  const spanned = spanKinds[kind];
  const granted = real(approvals.granted, approval);
  if (spanned === 'removed') return spanned;
  if (granted === never) return int(approvals.published, approval) < 0 ? 'upcoming' : 'published';
  if (at < granted) return 'upcoming';
  if (at > real(approvals.ends, approval)) return 'lapsed';
  return spanned ?? 'active';
}

export type Room = 'now' | 'unknown' | 'full' | 'later';

/** Whether a partner can begin work at `at`: below its limit, and its earliest start is not to come. */
export function roomAt({ partners }: MatrixColumns, partner: number, at: number): Room {
  if (int(partners.capacityKnown, partner) === 0) return 'unknown';
  const most = int(partners.clientsAtMost, partner);
  const clients = at < real(partners.nextYear, partner) ? partners.clientsNow : partners.clientsNext;
  if (most >= 0 && int(clients, partner) >= most) return 'full';
  const start = real(partners.earliestStart, partner);
  return start !== never && start > at ? 'later' : 'now';
}

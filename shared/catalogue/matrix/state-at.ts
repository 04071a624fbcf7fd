import type { ApprovalStatus } from '../model.ts';
import { isListedByDefault } from '../status.ts';
import { put, wordsFor, type Bits } from './bits.ts';
import { int, never, spanKinds, valueAt, type MatrixColumns } from './columns.ts';
import { lastPerSnapshot } from './per-snapshot.ts';
import { statusWords, type StatusWord } from './query-words.ts';

/** What the dates of a snapshot say at one moment. It holds up to, not including, `until`. */
export interface StateAt {
  readonly since: number;
  readonly until: number;
  /** By approval, a bit for each status word that it answers to. */
  readonly answers: Uint16Array;
  /** The partners that can begin work now, and those of whom it is not known. */
  readonly roomNow: Bits;
  readonly roomUnknown: Bits;
}

/** The state at `at` (milliseconds). It holds until `nextChange`. */
export const stateAt = lastPerSnapshot(
  (columns, at: number): StateAt => {
    const { count } = columns.partners;
    const roomNow = new Int32Array(wordsFor(count));
    const roomUnknown = new Int32Array(wordsFor(count));
    for (let partner = 0; partner < count; partner += 1) {
      const room = roomAt(columns, partner, at);
      if (room === 'now') put(roomNow, partner);
      if (room === 'unknown') put(roomUnknown, partner);
    }
    const answers = new Uint16Array(columns.approvals.area.length);
    for (let approval = 0; approval < answers.length; approval += 1)
      answers[approval] = answersOf(statusOf(columns, approval, at));
    return { since: at, until: nextChange(columns, at), answers, roomNow, roomUnknown };
  },
  (known, at) => known.since <= at && at < known.until,
);

/** A bit for each status word that an approval of this status answers to. */
export function answersOf(status: ApprovalStatus): number {
  return statusWords.reduce((bits, word, place) => (answersTo(status, word) ? bits | (1 << place) : bits), 0);
}

/** `active` is the word for everything that is listed by default. */
export function answersTo(status: ApprovalStatus, word: StatusWord): boolean {
  if (word === 'any') return true;
  return word === 'active' ? isListedByDefault(status) : status === word;
}

/**
 * The first moment after `at` at which a status or a capacity may change; `never` when none will. A moment begins
 * something, or is the last that counts.
 */
export function nextChange({ moments }: MatrixColumns, at: number): number {
  const next = moments.find((moment) => moment >= at) ?? never;
  return next > at ? next : next + 1;
}

/** The same order of precedence as `statusAt` in `shared/catalogue/status.ts`; a test holds the two together. */
export function statusOf({ approvals }: MatrixColumns, approval: number, at: number): ApprovalStatus {
  const { spans } = approvals;
  // The kinds of span stand in the order of their precedence, so the lowest that holds wins.
  let kind: number = spanKinds.length;
  const end = int(spans.from, approval + 1);
  for (let span = int(spans.from, approval); span < end; span += 1) {
    const holds = valueAt(spans.begins, span) <= at && at < valueAt(spans.until, span);
    if (holds) kind = Math.min(kind, int(spans.kind, span));
  }
  const spanned = spanKinds[kind];
  const granted = valueAt(approvals.granted, approval);
  if (spanned === 'removed') return spanned;
  if (granted === never && int(approvals.published, approval) < 0) return 'upcoming';
  if (granted === never) return spanned === 'suspended' ? spanned : 'published';
  if (at < granted) return 'upcoming';
  if (at > valueAt(approvals.ends, approval)) return 'lapsed';
  return spanned ?? 'active';
}

export type Room = 'now' | 'unknown' | 'full' | 'later';

/** Whether a partner can begin work at `at`: below its limit, and its earliest start is not to come. */
export function roomAt({ partners }: MatrixColumns, partner: number, at: number): Room {
  if (int(partners.capacityKnown, partner) === 0) return 'unknown';
  const most = int(partners.clientsAtMost, partner);
  const clients = at < valueAt(partners.nextYear, partner) ? partners.clientsNow : partners.clientsNext;
  if (most >= 0 && int(clients, partner) >= most) return 'full';
  const start = valueAt(partners.earliestStart, partner);
  return start !== never && start > at ? 'later' : 'now';
}

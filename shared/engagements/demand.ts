import * as z from 'zod';
import { organizationId, requestId, termId } from '../kernel/ids.ts';
import { instant, type Instant } from '../kernel/instants.ts';
import { answerBuckets, answerTimes, type AnswerBucket } from './answer-times.ts';

/** What the state sees of requests: counts by month, and the needs that nobody met. */

const millisecondsPerHour = 3_600_000;

/** Whole hours from the sending to the first answer, rounded up: a day is at most 24 of them. */
export function hoursBetween(sentAt: Instant, answeredAt: Instant): number {
  return Math.max(0, Math.ceil((Date.parse(answeredAt) - Date.parse(sentAt)) / millisecondsPerHour));
}

export function bucketOf(hours: number): AnswerBucket {
  return answerTimes.find((one) => hours <= one.hours)?.bucket ?? 'more';
}

const count = z.int();
const countByTerm = z.record(termId, count);

/** A calendar month in the program's zone. Each fact counts in the month in which it happened. */
export const demandMonth = z.object({
  month: z.string().regex(/^\d{4}-\d{2}$/),
  /** Requests sent, and the invitations that went out with them. */
  sent: count,
  invitations: count,
  /** First answers, the hours that they took together, and how many took how long. */
  answers: count,
  hours: count,
  answersWithin: z.record(z.enum(answerBuckets), count),
  /** Answers that stand; one that a partner changed counts as what it became. */
  interested: count,
  declined: count,
  declinedFor: countByTerm,
  outcomes: z.object({ awarded: count, 'none-suitable': count, cancelled: count, withdrawn: count }),
  noneSuitableFor: countByTerm,
  engagements: count,
});
export type DemandMonth = z.infer<typeof demandMonth>;

export const unmetStandings = ['none-suitable', 'no-offer', 'undecided'] as const;

/** A request whose time to reply is over and that led to no work. */
export const unmetNeed = z.object({
  request: requestId,
  district: organizationId,
  /** As it was called when the request was sent. */
  districtName: z.string(),
  title: z.string(),
  area: termId,
  sentAt: instant,
  replyBy: instant,
  asked: z.int().min(0),
  interested: z.int().min(0),
  declined: z.int().min(0),
  /**
   * `none-suitable`: the district said so. `no-offer`: nobody was interested. `undecided`: there are
   * offers, and the district has not decided yet.
   */
  standing: z.enum(unmetStandings),
  reasons: z.array(termId),
  decidedAt: instant.optional(),
});
export type UnmetNeed = z.infer<typeof unmetNeed>;

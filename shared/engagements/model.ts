import * as z from 'zod';
import { fieldChange } from '../kernel/events.ts';
import {
  commentId,
  engagementId,
  organizationId,
  personId,
  programId,
  questionId,
  requestId,
  termId,
} from '../kernel/ids.ts';
import { day, instant } from '../kernel/instants.ts';
import { cents } from '../kernel/money.ts';
import { grade, type Program } from '../programs/program.ts';
import { amendmentsAtMost, partnersAtMost, schoolsAtMost, titleAtMost, wordsAtMost } from './limits.ts';

/** What the rules read of a program: its zone, its areas and funding sources, its coded reasons. */
export type RequestTerms = Pick<Program, 'id' | 'zone' | 'areaSchemes' | 'funding' | 'reasons'>;

/** Free words that may be left empty. */
export const words = z.string().trim().max(wordsAtMost, `Write at most ${wordsAtMost} characters.`);
/** Free words without which the act makes no sense. */
export const someWords = words.min(1, `Write 1 to ${wordsAtMost} characters.`);

/** A day on which work can start. The bounds keep every such day within the school years known here. */
export const startDay = day.refine(
  (given) => given >= '2000-01-01' && given <= '2099-12-31',
  'A start is a date from 2000-01-01 to 2099-12-31.',
);

/** A range in cents of which one bound may be unknown. */
export const budgetRange = z
  .object({ low: cents.optional(), high: cents.optional() })
  .refine((one) => one.low !== undefined || one.high !== undefined, 'A budget gives a low end, a high end or both.')
  .refine((one) => one.low === undefined || one.high === undefined || one.low <= one.high, {
    path: ['high'],
    message: 'The high end of the budget is at least its low end.',
  });
export type BudgetRange = z.infer<typeof budgetRange>;

function distinct(list: readonly string[]): boolean {
  return new Set(list).size === list.length;
}

const schoolIdentifier = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/,
    'A school is named by its id: 1 to 64 letters, digits, hyphens or underscores.',
  );

/** Empty means the whole district. */
export const schoolList = z
  .array(schoolIdentifier)
  .max(schoolsAtMost, `Choose at most ${schoolsAtMost} schools; choose none for the whole district.`)
  .refine(distinct, 'Name each school once.');

/** Empty means all grades. */
export const gradeList = z.array(grade).max(14, 'Choose at most 14 grades.').refine(distinct, 'Name each grade once.');

export const studentCount = z
  .int('Give the number of students as a whole number.')
  .min(1, 'Give a number of students from 1 to 2,000,000, or leave it empty.')
  .max(2_000_000, 'Give a number of students from 1 to 2,000,000, or leave it empty.');

const askedPartners = z
  .array(organizationId)
  .max(partnersAtMost, `Ask at most ${partnersAtMost} partners.`)
  .refine(distinct, 'Ask each partner once.');

/** What a district has written so far. Nothing is required yet, so that a draft can be saved at any moment. */
export const draftContent = z.object({
  need: z
    .object({
      title: z.string().trim().max(titleAtMost, `A title has at most ${titleAtMost} characters.`).default(''),
      words: words.default(''),
    })
    .default({ title: '', words: '' }),
  area: termId.optional(),
  schools: schoolList.default([]),
  grades: gradeList.default([]),
  students: studentCount.optional(),
  wantedStart: startDay.optional(),
  budget: budgetRange.optional(),
  /** Absent while the district has not settled which money pays. */
  funding: termId.optional(),
  replyBy: instant.optional(),
  /** In the order chosen. Only the district sees it. */
  asked: askedPartners.default([]),
});
export type DraftContent = z.infer<typeof draftContent>;

/** What a sent request says: a draft with all that a partner needs in order to answer. */
export const requestContent = z.object({
  ...draftContent.shape,
  need: z.object({ title: z.string().min(1).max(titleAtMost), words: z.string().min(1).max(wordsAtMost) }),
  area: termId,
  wantedStart: startDay,
  replyBy: instant,
  asked: askedPartners.min(1),
});
export type RequestContent = z.infer<typeof requestContent>;

/** A change after sending, seen by every invited partner. Numbered from 1. */
export const amendment = z.object({
  number: z.int().min(1).max(amendmentsAtMost),
  at: instant,
  /** Why, in the district's words. */
  words: someWords,
  changes: z.array(fieldChange).min(1),
});
export type Amendment = z.infer<typeof amendment>;

const withdrawal = z.object({ at: instant, by: personId, reason: termId, words: someWords.optional() });

export const award = z.object({
  partner: organizationId,
  engagement: engagementId,
  /** Which part this partner does; present whenever the work is split. */
  words: someWords.optional(),
});
export type Award = z.infer<typeof award>;

const decided = { at: instant, by: personId, words: someWords.optional() };

export const outcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('awarded'), ...decided, awards: z.array(award).min(1).max(partnersAtMost) }),
  z.object({ kind: z.literal('none-suitable'), ...decided, reasons: z.array(termId).min(1).max(20) }),
  z.object({ kind: z.literal('cancelled'), ...decided, reason: termId }),
]);
export type Outcome = z.infer<typeof outcome>;

const identity = {
  id: requestId,
  program: programId,
  district: organizationId,
  draftedAt: instant,
  draftedBy: personId,
};

export const draftedRequest = z.object({
  ...identity,
  phase: z.literal('draft'),
  content: draftContent,
  withdrawn: withdrawal.optional(),
});
export type DraftedRequest = z.infer<typeof draftedRequest>;

export const sentRequest = z.object({
  ...identity,
  phase: z.literal('sent'),
  content: requestContent,
  sentAt: instant,
  amendments: z.array(amendment).max(amendmentsAtMost),
  withdrawn: withdrawal.optional(),
  outcome: outcome.optional(),
});
export type SentRequest = z.infer<typeof sentRequest>;

/** A district's request. It holds facts, never a status: `requestStatus` in `status.ts` computes that. */
export const request = z.discriminatedUnion('phase', [draftedRequest, sentRequest]);
export type Request = z.infer<typeof request>;

/** What a partner expects the work to cost, in cents. */
export const indicativePrice = z.object({ low: cents, high: cents }).refine((one) => one.low <= one.high, {
  path: ['high'],
  message: 'The high end of the price is at least its low end.',
});

export const answer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('interested'),
    price: indicativePrice,
    start: startDay,
    words,
    at: instant,
    by: personId,
  }),
  z.object({ kind: z.literal('declined'), reason: termId, words: someWords.optional(), at: instant, by: personId }),
]);
export type Answer = z.infer<typeof answer>;

/** One partner's side of a request. Nothing in it, nor in what changes it, depends on another partner. */
export const invitation = z.object({
  request: requestId,
  partner: organizationId,
  district: organizationId,
  program: programId,
  sentAt: instant,
  seenAt: instant.optional(),
  /** The number of the last amendment that the partner has opened; 0 before any. */
  amendmentSeen: z.int().min(0).max(amendmentsAtMost),
  answer: answer.optional(),
});
export type Invitation = z.infer<typeof invitation>;

/** A partner's question. Every invited partner sees the words, only the district sees who asked. */
export const question = z.object({
  id: questionId,
  request: requestId,
  partner: organizationId,
  asked: z.object({ at: instant, by: personId, words: someWords }),
  answer: z.object({ at: instant, by: personId, words: someWords }).optional(),
});
export type Question = z.infer<typeof question>;

/** A word among the district's own people. No partner ever sees it. */
export const comment = z.object({
  id: commentId,
  request: requestId,
  at: instant,
  person: personId,
  words: someWords,
});
export type Comment = z.infer<typeof comment>;

/** The work that an award begins. */
export const engagement = z.object({
  id: engagementId,
  request: requestId,
  partner: organizationId,
  district: organizationId,
  program: programId,
  area: termId,
  part: someWords.optional(),
  /** The start that the partner offered. */
  start: startDay,
  agreedAt: instant,
});
export type Engagement = z.infer<typeof engagement>;

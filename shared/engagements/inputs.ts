import * as z from 'zod';
import { organizationId, termId } from '../kernel/ids.ts';
import { instant } from '../kernel/instants.ts';
import { partnersAtMost } from './limits.ts';
import {
  budgetRange,
  draftContent,
  gradeList,
  indicativePrice,
  schoolList,
  someWords,
  startDay,
  studentCount,
  words,
} from './model.ts';

/** What a person may send for each act on a request. Money is in cents, deadlines are instants. */

/** The whole draft: a field that is left out is emptied. */
export const requestInput = draftContent;
export type RequestInput = z.infer<typeof requestInput>;

/** A field that is left out stays as it is; `null` takes a figure back. */
export const amendmentInput = z.object({
  words: someWords,
  needWords: someWords.optional(),
  schools: schoolList.optional(),
  grades: gradeList.optional(),
  students: studentCount.nullable().optional(),
  wantedStart: startDay.optional(),
  budget: budgetRange.nullable().optional(),
  replyBy: instant.optional(),
});
export type AmendmentInput = z.infer<typeof amendmentInput>;

export const withdrawalInput = z.object({ reason: termId, words: someWords.optional() });
export type WithdrawalInput = z.infer<typeof withdrawalInput>;

export const interestedInput = z.object({
  kind: z.literal('interested'),
  price: indicativePrice,
  start: startDay,
  words: words.default(''),
});
export type InterestedInput = z.infer<typeof interestedInput>;

export const declineInput = z.object({ kind: z.literal('declined'), reason: termId, words: someWords.optional() });
export type DeclineInput = z.infer<typeof declineInput>;

export const answerInput = z.discriminatedUnion('kind', [interestedInput, declineInput]);
export type AnswerInput = z.infer<typeof answerInput>;

/** A question, the answer to one, or a comment. */
export const wordsInput = z.object({ words: someWords });
export type WordsInput = z.infer<typeof wordsInput>;

const awarded = z.object({
  kind: z.literal('awarded'),
  awards: z
    .array(z.object({ partner: organizationId, words: someWords.optional() }))
    .min(1, `Choose 1 to ${partnersAtMost} partners.`)
    .max(partnersAtMost, `Choose 1 to ${partnersAtMost} partners.`)
    .refine((list) => new Set(list.map((one) => one.partner)).size === list.length, 'Award to each partner once.')
    .refine((list) => list.length === 1 || list.every((one) => one.words !== undefined), {
      message: 'When the work is split, say for each partner which part it does.',
    }),
  words: someWords.optional(),
});

const noneSuitable = z.object({
  kind: z.literal('none-suitable'),
  reasons: z
    .array(termId)
    .min(1, 'Choose at least one reason.')
    .max(20, 'Choose at most 20 reasons.')
    .refine((list) => new Set(list).size === list.length, 'Choose each reason once.'),
  words: someWords.optional(),
});

const cancelled = z.object({ kind: z.literal('cancelled'), reason: termId, words: someWords.optional() });

export const outcomeInput = z.discriminatedUnion('kind', [awarded, noneSuitable, cancelled]);
export type OutcomeInput = z.infer<typeof outcomeInput>;

import * as z from 'zod';
import { engagementId, organizationId, programId, termId } from '../kernel/ids.ts';
import { instant } from '../kernel/instants.ts';

/** A goal that both sides agreed on, named within its engagement. */
export const agreedGoal = z.object({ id: termId, words: z.string().trim().min(1).max(200) });
export type AgreedGoal = z.infer<typeof agreedGoal>;

/** The most goals that one engagement can have results for. */
export const mostGoals = 100;

/** What both sides confirmed for one engagement: each goal once. Nothing else is a result. */
export const results = z.object({
  engagement: engagementId,
  program: programId,
  partner: organizationId,
  district: organizationId,
  confirmed: z.array(z.object({ goal: agreedGoal, met: z.boolean(), at: instant })).max(mostGoals),
});
export type Results = z.infer<typeof results>;

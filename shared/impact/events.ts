import * as z from 'zod';
import { eventType } from '../kernel/events.ts';
import { engagementId, organizationId, personId, programId } from '../kernel/ids.ts';
import { instant } from '../kernel/instants.ts';
import { agreedGoal, mostGoals } from './model.ts';

const confirmedBy = z.object({ person: personId, at: instant });

/**
 * Both sides say the same of one agreed goal. A track record counts these facts and nothing else.
 * `number` counts the engagement's confirmed goals up to this one, so that a consumer knows a new
 * engagement (1) from a further goal without reading the others.
 */
export const resultConfirmed = eventType(
  'impact.result-confirmed',
  z.object({
    engagement: engagementId,
    program: programId,
    partner: organizationId,
    district: organizationId,
    goal: agreedGoal,
    met: z.boolean(),
    number: z.int().min(1).max(mostGoals),
    confirmedBy: z.object({ partner: confirmedBy, district: confirmedBy }),
  }),
);

export const impactEvents = [resultConfirmed] as const;

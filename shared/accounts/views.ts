import * as z from 'zod';
import { organizationKind, role } from '../kernel/actors.ts';
import { invitationLinkId, organizationId, personId, programId } from '../kernel/ids.ts';
import { instant } from '../kernel/instants.ts';
import { pageOf } from '../kernel/pages.ts';
import { districtFacts, school } from './district.ts';
import { roles } from './model.ts';

/** What the routes of accounts answer. */

export const organizationSummary = z.object({
  organization: organizationId,
  name: z.string(),
  kind: organizationKind,
  /** Absent for a partner, which spans programs. */
  program: programId.optional(),
});
export type OrganizationSummary = z.infer<typeof organizationSummary>;

const belonging = organizationSummary.extend({ roles: z.array(role) });

/** What is published of how large a district is, each figure with its year; what is unknown is absent. */
const districtSize = districtFacts.pick({ schools: true, enrollment: true });

/** Whom one acts for; of a district with its size, so that a page that works out costs need not ask again. */
const acting = belonging.extend({ size: districtSize.optional() });

export const sessionView = z.object({
  /** Absent when nobody is signed in. The address is shown to the person alone. */
  person: z.object({ id: personId, name: z.string(), email: z.string().optional() }).optional(),
  acting: acting.optional(),
  memberships: z.array(belonging),
  /** Requests to join that are open or were declined. */
  joinRequests: z.array(organizationSummary.extend({ askedAt: instant, decision: z.literal('declined').optional() })),
});
export type SessionView = z.infer<typeof sessionView>;

export const organizationView = organizationSummary.extend({
  /** True once somebody is in charge of it here. */
  claimed: z.boolean(),
  facts: districtFacts.optional(),
});

export const memberView = z.object({
  person: personId,
  name: z.string(),
  roles: z.array(role),
  since: instant,
  /** Send it back when changing the roles, so that nobody's change is overwritten unseen. */
  version: z.int().min(1),
});

export const invitationView = z.object({
  invitation: invitationLinkId,
  roles,
  first: z.boolean(),
  email: z.string().optional(),
  madeAt: instant,
  until: instant,
  status: z.enum(['open', 'expired']),
});

export const joinRequestView = z.object({
  person: personId,
  name: z.string(),
  email: z.string().optional(),
  note: z.string().optional(),
  askedAt: instant,
});

export const districtView = z.object({
  id: organizationId,
  program: programId,
  name: z.string(),
  facts: districtFacts,
});

export const districtPage = districtView.extend({ schools: pageOf(school) });

import * as z from 'zod';
import { organizationKind, role } from '../kernel/actors.ts';
import { invitationLinkId, organizationId, personId, programId } from '../kernel/ids.ts';
import { instant } from '../kernel/instants.ts';
import { districtFacts } from './district.ts';

/**
 * The program that a fact names when it belongs to none: a person, or a partner that spans programs.
 * The word is one of our own addresses, so no state's program can take it as its id.
 */
export const acrossPrograms = programId.parse('account');

const organizationName = z.string().min(1).max(160);

export const organization = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agency'), id: organizationId, name: organizationName, program: programId }),
  z.object({
    kind: z.literal('district'),
    id: organizationId,
    name: organizationName,
    program: programId,
    facts: districtFacts,
  }),
  z.object({
    kind: z.literal('partner'),
    id: organizationId,
    name: organizationName,
    /** The program that first named it, whose lead invites its first owner. It works in others too. */
    introducedBy: programId,
  }),
]);
export type Organization = z.infer<typeof organization>;

/** What may be deleted about a person; kept beside the person, never in an event. */
export const personal = z.object({
  name: z.string().min(1).max(200),
  email: z.email().max(254).optional(),
});
export type Personal = z.infer<typeof personal>;

export const person = z.object({
  id: personId,
  /** Salted hash of the personal data, so that deleting them leaves the chain of events valid. */
  personalHash: z.string().length(64),
  registeredAt: instant,
});
export type RegisteredPerson = z.infer<typeof person>;

export const roles = z.array(role).min(1, 'Choose at least one role.').max(9);

export const membership = z.object({
  person: personId,
  organization: organizationId,
  kind: organizationKind,
  program: programId.optional(),
  roles,
  since: instant,
  ended: instant.optional(),
});
export type Membership = z.infer<typeof membership>;

/** How long a one-time link works. */
export const invitationDays = 14;

export const invitation = z.object({
  id: invitationLinkId,
  organization: organizationId,
  roles,
  /** True where a program lead, or an import, invites somebody into an organization that has nobody in charge. */
  first: z.boolean(),
  /** SHA-256 of the link's token; the token itself is kept nowhere. */
  tokenHash: z.string().length(64),
  /** Absent where an import invited the first program lead. */
  madeBy: z.optional(personId),
  madeAt: instant,
  /** The link works before this instant. */
  until: instant,
  used: z.object({ by: personId, at: instant }).optional(),
  withdrawnAt: instant.optional(),
});
export type Invitation = z.infer<typeof invitation>;

export const joinRequest = z.object({
  person: personId,
  organization: organizationId,
  askedAt: instant,
  decided: z
    .object({
      by: personId,
      at: instant,
      decision: z.enum(['approved', 'declined']),
      reason: z.string().max(500).optional(),
    })
    .optional(),
});
export type JoinRequest = z.infer<typeof joinRequest>;

import * as z from 'zod';
import { organizationKind } from '../kernel/actors.ts';
import { eventType } from '../kernel/events.ts';
import { invitationLinkId, organizationId, personId, programId } from '../kernel/ids.ts';
import { instant } from '../kernel/instants.ts';
import { roles } from './model.ts';

/** The facts of accounts. They name people by id and hold no other personal data. */

const personalHash = z.string().length(64);
const ofOrganization = z.object({
  organization: organizationId,
  kind: organizationKind,
  /** Absent for a partner, which spans programs. */
  program: programId.optional(),
});
const ofMember = ofOrganization.extend({ person: personId });
const ofInvitation = ofOrganization.extend({ invitation: invitationLinkId });

export const personRegistered = eventType('accounts.person-registered', z.object({ person: personId, personalHash }));
/** The identity provider gave another name or e-mail address than before. */
export const personalDataChanged = eventType(
  'accounts.personal-data-changed',
  z.object({ person: personId, personalHash }),
);

export const organizationRegistered = eventType(
  'accounts.organization-registered',
  ofOrganization.extend({ name: z.string() }),
);

/** `first` when the organization had nobody in charge before: it is claimed from now on. */
export const memberAdded = eventType('accounts.member-added', ofMember.extend({ roles, first: z.boolean() }));
export const memberRolesChanged = eventType('accounts.member-roles-changed', ofMember.extend({ roles }));
export const memberRemoved = eventType('accounts.member-removed', ofMember);

export const invitationMade = eventType(
  'accounts.invitation-made',
  ofInvitation.extend({ roles, first: z.boolean(), until: instant }),
);
export const invitationUsed = eventType('accounts.invitation-used', ofInvitation.extend({ person: personId }));
export const invitationWithdrawn = eventType('accounts.invitation-withdrawn', ofInvitation);

export const joinRequested = eventType('accounts.join-requested', ofMember);
export const joinDecided = eventType(
  'accounts.join-decided',
  ofMember.extend({ decision: z.enum(['approved', 'declined']) }),
);

export const accountsEvents = [
  personRegistered,
  personalDataChanged,
  organizationRegistered,
  memberAdded,
  memberRolesChanged,
  memberRemoved,
  invitationMade,
  invitationUsed,
  invitationWithdrawn,
  joinRequested,
  joinDecided,
] as const;

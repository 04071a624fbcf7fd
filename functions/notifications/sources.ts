import type { JoinRequest, Organization, Personal } from '#shared/accounts/model.ts';
import type { Approval } from '#shared/catalogue/model.ts';
import type { Invitation, Question, Request } from '#shared/engagements/model.ts';
import type { Role } from '#shared/kernel/actors.ts';
import type { OrganizationId, PersonId, ProgramId, RequestId, TermId } from '#shared/kernel/ids.ts';

export interface RequestParts {
  readonly request: Request;
  readonly invitations: readonly Invitation[];
  readonly questions: readonly Question[];
}

export interface Member {
  readonly person: PersonId;
  readonly roles: readonly Role[];
}

/**
 * What notices and tasks ask other contexts. Every answer is read consistently at the moment of the
 * question: what was true when the event happened does not count.
 */
export interface Sources {
  request(program: ProgramId, request: RequestId): Promise<RequestParts | undefined>;
  approval(program: ProgramId, partner: OrganizationId, area: TermId | undefined): Promise<Approval | undefined>;
  joinRequest(organization: OrganizationId, person: PersonId): Promise<JoinRequest | undefined>;
  organization(id: OrganizationId): Promise<Organization | undefined>;
  /** The members whose membership has not ended. */
  members(organization: OrganizationId): Promise<readonly Member[]>;
  /** Name and e-mail address: asked for when a mail leaves, kept nowhere. Undefined once deleted. */
  personal(person: PersonId): Promise<Personal | undefined>;
}

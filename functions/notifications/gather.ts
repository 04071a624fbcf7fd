import type { Organization } from '#shared/accounts/model.ts';
import type { Approval } from '#shared/catalogue/model.ts';
import type { Invitation, Question, SentRequest } from '#shared/engagements/model.ts';
import type { OrganizationId, ProgramId } from '#shared/kernel/ids.ts';
import type { ApprovalFacts, Facts, JoinFacts, RequestFacts, Setting, Subject } from '#shared/notifications/facts.ts';
import { programIn, type Programs } from './heard.ts';
import type { RequestParts, Sources } from './sources.ts';

function endOf(request: SentRequest): RequestFacts['ended'] {
  const { withdrawn, outcome } = request;
  if (withdrawn !== undefined) return { how: 'withdrawn', at: withdrawn.at, awarded: [] };
  if (outcome === undefined) return undefined;
  const awarded = outcome.kind === 'awarded' ? outcome.awards.map((one) => one.partner) : [];
  return { how: outcome.kind, at: outcome.at, awarded };
}

function partnerSide({ partner, answer }: Invitation): RequestFacts['partners'][number] {
  return answer === undefined ? { partner } : { partner, answer: { kind: answer.kind, at: answer.at } };
}

function questionSide({ id, asked, answer }: Question): RequestFacts['questions'][number] {
  return { question: id, askedAt: asked.at, ...(answer === undefined ? {} : { answeredAt: answer.at }) };
}

/** A draft gives nobody anything to do, so it has no facts here. */
function requestFacts(
  { request, invitations, questions }: RequestParts,
  agency: OrganizationId,
): RequestFacts | undefined {
  if (request.phase === 'draft') return undefined;
  const ended = endOf(request);
  return {
    kind: 'request',
    program: request.program,
    request: request.id,
    district: request.district,
    agency,
    title: request.content.need.title,
    area: request.content.area,
    sentAt: request.sentAt,
    replyBy: request.content.replyBy,
    amendments: request.amendments.length,
    partners: invitations.map(partnerSide),
    questions: questions.map(questionSide),
    ...(ended === undefined ? {} : { ended }),
  };
}

function approvalFacts(approval: Approval): ApprovalFacts {
  const { program, partner, area, ends, conditions, probation, suspensions, removed } = approval;
  return { kind: 'approval', program, partner, area, ends, conditions, probation, suspensions, removedAt: removed?.at };
}

/** For a partner, which spans programs, the one that brought it in. */
function programFor(organization: Organization): ProgramId {
  return organization.kind === 'partner' ? organization.introducedBy : organization.program;
}

/** The facts of a subject as they are now; undefined where there is no such thing any more, or not yet. */
export async function factsOf(sources: Sources, programs: Programs, subject: Subject): Promise<Facts | undefined> {
  switch (subject.kind) {
    case 'request': {
      const parts = await sources.request(subject.program, subject.request);
      return parts === undefined ? undefined : requestFacts(parts, programIn(programs, subject.program).agency.id);
    }
    case 'approval': {
      const found = await sources.approval(subject.program, subject.partner, subject.area);
      return found === undefined ? undefined : approvalFacts(found);
    }
    case 'join':
      return joinFacts(sources, subject);
  }
}

async function joinFacts(
  sources: Sources,
  { organization, person }: Extract<Subject, { kind: 'join' }>,
): Promise<JoinFacts | undefined> {
  const [asked, joined] = await Promise.all([
    sources.joinRequest(organization, person),
    sources.organization(organization),
  ]);
  if (asked === undefined || joined === undefined) return undefined;
  return {
    kind: 'join',
    organization,
    organizationKind: joined.kind,
    program: programFor(joined),
    person,
    askedAt: asked.askedAt,
    decision: asked.decided?.decision,
  };
}

function organizationsIn(facts: Facts): readonly OrganizationId[] {
  switch (facts.kind) {
    case 'request':
      return [facts.district, facts.agency, ...facts.partners.map((one) => one.partner)];
    case 'approval':
      return [facts.partner];
    case 'join':
      return [facts.organization];
  }
}

/** What a letter about these facts is worded with. */
export async function settingOf(sources: Sources, programs: Programs, facts: Facts): Promise<Setting> {
  const ids = [...new Set(organizationsIn(facts))];
  const found = await Promise.all(ids.map((id) => sources.organization(id)));
  const names = Object.fromEntries(found.flatMap((one) => (one === undefined ? [] : [[one.id, one.name]])));
  return { program: programIn(programs, facts.program), names };
}

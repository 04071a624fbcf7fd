import type { Person, Role } from '#shared/kernel/actors.ts';
import {
  engagementId,
  organizationId,
  personId,
  programId,
  questionId,
  requestId,
  type OrganizationId,
} from '#shared/kernel/ids.ts';
import { instant, zone, type Instant } from '#shared/kernel/instants.ts';
import { program } from '#shared/programs/program.ts';
import {
  invitation,
  question,
  request,
  sentRequest,
  type Invitation,
  type Question,
  type Request,
  type RequestTerms,
  type SentRequest,
} from '#shared/engagements/model.ts';
import { requestInput, type RequestInput } from '#shared/engagements/inputs.ts';
import type { PartnerFacts } from '#shared/engagements/partner-facts.ts';

export const draftedAt: Instant = instant.parse('2027-01-10T15:00:00.000Z');
export const sentAt: Instant = instant.parse('2027-01-11T15:00:00.000Z');
export const midway: Instant = instant.parse('2027-01-15T15:00:00.000Z');
export const replyBy: Instant = instant.parse('2027-01-26T04:59:59.999Z');
export const afterReplyBy: Instant = instant.parse('2027-01-26T05:00:00.000Z');

export const district = organizationId.parse('fernhill');
export const birch = organizationId.parse('birch');
export const cedar = organizationId.parse('cedar');
export const maple = organizationId.parse('maple');
export const partners: readonly OrganizationId[] = [birch, cedar, maple];
export const demo = programId.parse('demo');
export const theRequest = requestId.parse('req_00000000000000aa');

export function engagementIds(count: number) {
  return Array.from({ length: count }, (_, n) => engagementId.parse(`eng_000000000000000${n}`));
}

export function questionIdOf(n: number) {
  return questionId.parse(`que_${String(n).padStart(16, '0')}`);
}

const named = (id: string) => ({ id, name: `Term ${id}` });

/** A whole program, so that the rules' excerpt is known to fit one. */
export const terms: RequestTerms = program.parse({
  id: 'demo',
  name: 'Demo',
  state: 'Demo',
  invented: true,
  notice: 'Invented.',
  zone: zone.parse('America/New_York'),
  agency: { id: 'agency', name: 'Agency', shortName: 'Agency' },
  notApproved: 'not approved',
  areaSchemes: [{ ...named('areas'), from: 2020, areas: [named('data-use'), named('leadership')] }],
  conditions: [],
  standards: [],
  practices: [],
  evidenceTiers: [],
  levels: [],
  costUnits: [{ ...named('day'), measure: 'day' }],
  funding: [
    { ...named('title-one'), active: true },
    { ...named('old-grant'), active: false },
  ],
  serviceTypes: [named('coaching')],
  gradeSpans: [],
  populations: [],
  outcomes: [],
  regions: [],
  procurement: [],
  reasons: {
    decline: [named('no-capacity'), named('not-our-field')],
    noneSuitable: [named('too-costly'), named('no-answers')],
    cancel: [named('money-gone')],
    withdraw: [named('need-changed')],
    approval: [named('other')],
  },
  exampleScenario: {},
});

export function aPerson(organization: OrganizationId, ...roles: readonly Role[]): Person {
  return {
    kind: 'person',
    person: personId.parse('per_0000000000000001'),
    acting: { organization, kind: organization === district ? 'district' : 'partner', program: demo, roles },
  };
}

export const superintendent = aPerson(district, 'district:superintendent');
export const lead = aPerson(district, 'district:lead');
export const ownerOf = (partner: OrganizationId): Person => aPerson(partner, 'partner:owner');

export function anInput(changes: Readonly<Record<string, unknown>> = {}): RequestInput {
  return requestInput.parse({
    need: { title: 'Better use of data', words: 'Three middle schools need help with data meetings.' },
    area: 'data-use',
    schools: ['s1', 's2', 's3'],
    grades: ['6', '7', '8'],
    students: 1200,
    wantedStart: '2027-03-01',
    budget: { low: 2_000_000, high: 6_000_000 },
    funding: 'title-one',
    replyBy,
    asked: [...partners],
    ...changes,
  });
}

export function aDraft(content: RequestInput = anInput()): Request {
  return request.parse({
    id: theRequest,
    program: demo,
    district,
    draftedAt,
    draftedBy: lead.person,
    phase: 'draft',
    content,
  });
}

export function aSentRequest(changes: Readonly<Record<string, unknown>> = {}): SentRequest {
  return sentRequest.parse({
    id: theRequest,
    program: demo,
    district,
    draftedAt,
    draftedBy: lead.person,
    phase: 'sent',
    content: anInput(),
    sentAt,
    amendments: [],
    ...changes,
  });
}

export function anInvitation(partner: OrganizationId, changes: Readonly<Record<string, unknown>> = {}): Invitation {
  return invitation.parse({
    request: theRequest,
    partner,
    district,
    program: demo,
    sentAt,
    amendmentSeen: 0,
    ...changes,
  });
}

const by = superintendent.person;
export const interest = {
  kind: 'interested',
  price: { low: 100, high: 200 },
  start: '2027-03-08',
  words: 'Yes.',
  at: midway,
  by,
};
export const refusal = { kind: 'declined', reason: 'no-capacity', at: midway, by };
export const withdrawal = { at: midway, by, reason: 'need-changed' };
export const noneSuitable = { kind: 'none-suitable', at: midway, by, reasons: ['too-costly'] };
export const cancellation = { kind: 'cancelled', at: midway, by, reason: 'money-gone' };

export function awardedTo(...to: readonly OrganizationId[]) {
  const awards = to.map((partner, n) => ({ partner, engagement: engagementIds(n + 1)[n], words: `Part ${n + 1}` }));
  return { kind: 'awarded', at: midway, by, awards };
}

export function aQuestion(
  n: number,
  partner: OrganizationId,
  changes: Readonly<Record<string, unknown>> = {},
): Question {
  return question.parse({
    id: questionIdOf(n),
    request: theRequest,
    partner,
    asked: { at: midway, by, words: `Question ${n}?` },
    ...changes,
  });
}

export function factsOf(partner: OrganizationId, changes: Partial<PartnerFacts> = {}): PartnerFacts {
  return {
    partner,
    name: `${partner} partners`,
    approved: true,
    claimed: true,
    capacity: { engagements: [] },
    ...changes,
  };
}

export const allFacts: readonly PartnerFacts[] = partners.map((one) => factsOf(one));

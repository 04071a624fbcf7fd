import { organizationId, personId, programId, questionId, requestId, termId } from '../kernel/ids.ts';
import { instant, zone } from '../kernel/instants.ts';
import type { About, ApprovalFacts, JoinFacts, RequestFacts, Setting } from './facts.ts';

/** An invented case that every template is shown with. Its names try the frame: an apostrophe, an ampersand. */

export const samplePartner = organizationId.parse('alder-and-finch');
const district = organizationId.parse('fernhill');
const agency = organizationId.parse('sample-agency');
const area = termId.parse('data-use');
export const sampleReason = termId.parse('late-report');
const person = personId.parse('per_sample0000000001');
export const sampleQuestion = questionId.parse('que_sample0000000001');
const program = programId.parse('sample');

export const sampleSetting: Setting = {
  program: {
    id: program,
    name: 'Sample Priority Partners',
    zone: zone.parse('America/Chicago'),
    invented: true,
    notice: 'This is what the mail looks like, with an invented case.',
    agency: { id: agency, name: 'Sample Education Agency', shortName: 'SEA' },
    areaSchemes: [
      {
        id: termId.parse('areas'),
        name: 'Areas',
        from: 2024,
        areas: [{ id: area, name: 'Using data to decide', conditions: [] }],
      },
    ],
    reasons: {
      decline: [{ id: termId.parse('no-room'), name: 'No room' }],
      noneSuitable: [{ id: termId.parse('too-costly'), name: 'Too costly' }],
      cancel: [{ id: termId.parse('no-money'), name: 'The money is gone' }],
      withdraw: [{ id: termId.parse('need-changed'), name: 'The need has changed' }],
      approval: [{ id: sampleReason, name: 'A report is long overdue' }],
    },
  },
  names: {
    [samplePartner]: 'Alder & Finch',
    [district]: "Fernhill Children's School District",
    [agency]: 'Sample Education Agency',
  },
};

export const sampleAt = instant.parse('2027-01-11T15:00:00.000Z');
const answeredAt = instant.parse('2027-01-12T16:30:00.000Z');

/** An open request that its only partner has not answered. */
export const sampleRequest: RequestFacts = {
  kind: 'request',
  program,
  request: requestId.parse('req_sample0000000001'),
  district,
  agency,
  title: 'Data meetings in three <middle> schools',
  area,
  sentAt: sampleAt,
  replyBy: instant.parse('2027-01-26T05:59:59.999Z'),
  amendments: 0,
  partners: [{ partner: samplePartner }],
  questions: [],
};

export const sampleAnswered: RequestFacts = {
  ...sampleRequest,
  partners: [{ partner: samplePartner, answer: { kind: 'interested', at: answeredAt } }],
};

export function sampleEnded(how: NonNullable<RequestFacts['ended']>['how']): RequestFacts {
  return { ...sampleAnswered, ended: { how, at: sampleAt, awarded: how === 'awarded' ? [samplePartner] : [] } };
}

export const sampleApproval: ApprovalFacts = {
  kind: 'approval',
  program,
  partner: samplePartner,
  area,
  ends: instant.parse('2028-07-01T04:59:59.999Z'),
  conditions: [{}],
  suspensions: [],
};

export const sampleJoin: JoinFacts = {
  kind: 'join',
  organization: samplePartner,
  organizationKind: 'partner',
  program,
  person,
  askedAt: sampleAt,
};

export const toPartner: About = { organization: samplePartner, at: sampleAt, partner: samplePartner };
export const toDistrict: About = { organization: district, at: answeredAt, partner: samplePartner };
export const toState: About = { organization: agency, at: sampleAt };
export const aboutPerson: About = { organization: samplePartner, at: sampleAt, person };

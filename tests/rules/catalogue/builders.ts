import type * as z from 'zod';
import type { Person, Role } from '#shared/kernel/actors.ts';
import { organizationId, personId, programId, termId, type TermId } from '#shared/kernel/ids.ts';
import { instant, type Instant } from '#shared/kernel/instants.ts';
import { approval, draft, listing, listingContent, price } from '#shared/catalogue/model.ts';
import type { Approval, Draft, Listing, ListingContent, Price } from '#shared/catalogue/model.ts';
import { program, type Program } from '#shared/programs/program.ts';

export const term = (id: string): TermId => termId.parse(id);
export const on = (text: string): Instant => instant.parse(text.length === 10 ? `${text}T12:00:00.000Z` : text);

export const now = on('2027-03-01');
export const partner = organizationId.parse('northwind-learning');
export const otherPartner = organizationId.parse('southgate-coaching');

export function aPerson(role: Role, given: { organization?: string; program?: string } = {}): Person {
  const [kind] = role.split(':');
  const owner = kind === 'agency' ? 'calder-agency' : kind === 'partner' ? partner : 'alder-district';
  const acting = { organization: organizationId.parse(given.organization ?? owner), roles: [role] };
  const person = personId.parse('per_0123456789abcdef');
  if (kind === 'partner') return { kind: 'person', person, acting: { ...acting, kind: 'partner' } };
  return {
    kind: 'person',
    person,
    acting: {
      ...acting,
      kind: kind === 'agency' ? 'agency' : 'district',
      program: programId.parse(given.program ?? 'demo'),
    },
  };
}

export function anApproval(given: Partial<z.input<typeof approval>> = {}): Approval {
  return approval.parse({
    program: 'demo',
    partner,
    area: 'use-of-data',
    granted: on('2026-07-01'),
    ends: on('2028-06-30'),
    ...given,
  });
}

export function aPrice(given: Partial<z.input<typeof price>> = {}): Price {
  return price.parse({ unit: 'day', ...given });
}

export function aContent(given: Partial<z.input<typeof listingContent>> = {}): ListingContent {
  return listingContent.parse({
    name: 'Northwind Learning',
    summary: 'Coaching for teams of teachers.',
    offerings: [
      {
        id: 'coaching',
        name: 'Team coaching',
        service: 'coaching',
        areas: ['use-of-data'],
        conditions: ['leadership'],
        grades: ['6', '7', '8'],
        prices: [{ unit: 'day', typical: 342_500 }],
      },
    ],
    findings: [
      {
        id: 'trial',
        study: 'Trial of 2024',
        source: { title: 'Report of the trial' },
        design: 'randomized',
        outcomes: ['reading'],
        populations: ['english-learners'],
        effect: 'none',
      },
    ],
    sites: [{ label: 'Alder', region: 'north' }],
    ...given,
  });
}

export function aListing(given: Partial<z.input<typeof listing>> = {}): Listing {
  return listing.parse({
    program: 'demo',
    partner,
    content: aContent(),
    claimed: true,
    publishedAt: on('2026-07-01'),
    ...given,
  });
}

export function aDraft(given: Partial<z.input<typeof draft>> = {}): Draft {
  return draft.parse({
    program: 'demo',
    partner,
    content: aContent({ summary: 'Coaching for teams of teachers and their leaders.' }),
    basedOn: 3,
    savedAt: on('2027-02-01'),
    ...given,
  });
}

const named = (id: string, name: string) => ({ id, name });

export function aProgram(): Program {
  return program.parse({
    id: 'demo',
    name: 'Calder Priority Partners',
    state: 'Calder',
    invented: true,
    notice: 'Everything here is invented.',
    zone: 'America/Chicago',
    agency: { id: 'calder-agency', name: 'Calder Department of Schools', shortName: 'The department' },
    notApproved: 'Not an approved partner',
    areaSchemes: [
      {
        id: 'areas',
        name: 'Priority areas',
        from: 2024,
        areas: [named('use-of-data', 'Effective use of data'), named('climate', 'School climate')],
      },
    ],
    conditions: [{ ...named('leadership', 'Effective leadership'), number: 1 }],
    standards: [],
    practices: [],
    evidenceTiers: [],
    levels: [],
    costUnits: [
      { ...named('day', 'per day'), measure: 'day' },
      { ...named('school-year', 'per school per year'), measure: 'school' },
      { ...named('fixed', 'fixed price'), measure: 'once' },
    ],
    funding: [],
    serviceTypes: [named('coaching', 'Coaching')],
    gradeSpans: [],
    populations: [named('english-learners', 'English learners')],
    outcomes: [named('reading', 'Reading')],
    regions: [named('north', 'The north')],
    procurement: [],
    reasons: {
      decline: [named('other', 'Other')],
      noneSuitable: [named('other', 'Other')],
      cancel: [named('other', 'Other')],
      withdraw: [named('other', 'Other')],
      approval: [named('no-results', 'No results after two years'), named('other', 'Other')],
    },
    exampleScenario: { schools: 3 },
  });
}

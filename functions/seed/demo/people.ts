import { rolesOf, type OrganizationKind, type Role } from '#shared/kernel/actors.ts';
import type { OrganizationId } from '#shared/kernel/ids.ts';
import type { Program } from '#shared/programs/program.ts';
import type { DemonstrationMembership, DemonstrationPerson } from '../demonstration-person.ts';
import {
  districtId,
  districtName,
  districtTown,
  madeFor,
  partnerId,
  partnerName,
  personName,
  slugOf,
} from './names.ts';

/** The one district and the partners whose whole staff one can sign in as. */
const shownDistricts = 2;
const shownPartners = 3;

interface Place {
  readonly kind: OrganizationKind;
  readonly organization: OrganizationId;
  readonly organizationName: string;
  /** The word after `@`, before the program and `.invalid`. */
  readonly host: string;
}

function districtPlace(program: Program, index: number): Place {
  return {
    kind: 'district',
    organization: districtId(program.id, index),
    organizationName: districtName(program.id, index),
    host: slugOf(districtTown(program.id, index)),
  };
}

function partnerPlace(program: Program, index: number): Place {
  const organizationName = partnerName(program.id, index);
  return {
    kind: 'partner',
    organization: partnerId(program.id, index),
    organizationName,
    host: slugOf(organizationName),
  };
}

function membershipOf(
  program: Program,
  { kind, organization, organizationName }: Place,
  role: Role,
): DemonstrationMembership {
  return {
    organization,
    organizationName,
    kind,
    roles: [role],
    ...(kind === 'partner' ? {} : { program: program.id }),
  };
}

function somebody(
  program: Program,
  place: Place,
  role: Role,
  nameAt: number,
  slot: string,
  shown: boolean,
): DemonstrationPerson {
  const sub = `${program.id}-${slot}-${role.split(':')[1] ?? role}`;
  const name = personName(program.id, nameAt);
  return {
    sub,
    id: madeFor.person(sub),
    name,
    email: `${slugOf(name).replaceAll('-', '.')}@${place.host}.${program.id}.invalid`,
    memberships: [membershipOf(program, place, role)],
    shown,
  };
}

export interface DistrictPeople {
  readonly superintendent: DemonstrationPerson;
  readonly lead: DemonstrationPerson;
  readonly others: readonly DemonstrationPerson[];
}

export function peopleOfDistrict(program: Program, index: number): DistrictPeople {
  const place = districtPlace(program, index);
  const shown = index < shownDistricts;
  const one = (role: Role, at: number): DemonstrationPerson =>
    somebody(program, place, role, 20 + index * 4 + at, `district-${index + 1}`, shown);
  return {
    superintendent: one('district:superintendent', 0),
    lead: one('district:lead', 1),
    others: index === 0 ? [one('district:committee', 2), one('district:viewer', 3)] : [],
  };
}

export interface PartnerPeople {
  readonly owner: DemonstrationPerson;
  readonly others: readonly DemonstrationPerson[];
}

export function peopleOfPartner(program: Program, index: number): PartnerPeople {
  const place = partnerPlace(program, index);
  const shown = index < shownPartners;
  const one = (role: Role, at: number): DemonstrationPerson =>
    somebody(program, place, role, 11 + index * 5 + at, `partner-${index + 1}`, shown);
  const owner = one('partner:owner', 0);
  if (index === 0)
    return { owner, others: [one('partner:editor', 1), one('partner:reporter', 2), one('partner:viewer', 3)] };
  if (index !== 1) return { owner, others: [] };
  // One person of two organizations, so that choosing whom to act for has somebody to try it.
  const editor = one('partner:editor', 1);
  const second = membershipOf(program, partnerPlace(program, 2), 'partner:reporter');
  return { owner, others: [{ ...editor, memberships: [...editor.memberships, second] }] };
}

export function peopleOfAgency(program: Program): readonly DemonstrationPerson[] {
  const place: Place = {
    kind: 'agency',
    organization: program.agency.id,
    organizationName: program.agency.name,
    host: slugOf(program.agency.shortName),
  };
  return rolesOf.agency.map((role, at) => somebody(program, place, `agency:${role}`, at, 'agency', true));
}

/** Everybody of an invented program whom one can sign in as, without making the rest of the state. */
export function shownPeople(program: Program): readonly DemonstrationPerson[] {
  const districts = Array.from({ length: shownDistricts }, (_, index) => peopleOfDistrict(program, index));
  const partners = Array.from({ length: shownPartners }, (_, index) => peopleOfPartner(program, index));
  return [
    ...peopleOfAgency(program),
    ...districts.flatMap(({ superintendent, lead, others }) => [superintendent, lead, ...others]),
    ...partners.flatMap(({ owner, others }) => [owner, ...others]),
  ];
}

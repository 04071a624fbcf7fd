import * as z from 'zod';
import { role, type OrganizationKind, type Role } from '#shared/kernel/actors.ts';
import { organizationId } from '#shared/kernel/ids.ts';
import type { Program } from '#shared/programs/program.ts';
import type { District } from '#shared/programs/roster.ts';
import { madeFor } from './demo/names.ts';
import { shownPeople } from './demo/people.ts';
import type { DemonstrationPerson } from './demonstration-person.ts';
import type { ProgramFiles } from '#platform/program-files.ts';

/**
 * A program's `people.json`: who can be tried out, by role. They are of the agency or of a district:
 * nobody speaks for a real partner.
 */
const peopleFile = z.array(
  z.strictObject({
    sub: z.string().regex(/^[a-z0-9-]{3,80}$/),
    name: z.string().min(1).max(120),
    email: z.email().refine((address) => address.endsWith('.invalid'), 'An address of nobody ends in .invalid.'),
    organization: organizationId,
    roles: z.array(role).min(1),
  }),
);

/** The people that a program brings in its folder, or those of an invented program. */
export function demonstrationPeople(
  program: Program,
  files: ProgramFiles,
  districts: readonly District[],
): readonly DemonstrationPerson[] {
  const text = files.read(program.id, 'people.json');
  if (text === undefined) return files.isInvented(program) ? shownPeople(program) : [];
  return peopleFile.parse(JSON.parse(text)).map(({ sub, name, email, organization, roles }) => {
    const { kind, organizationName } = placeOf(program, districts, organization);
    const membership = { organization, organizationName, kind, program: program.id, roles };
    return { sub, id: madeFor.person(sub), name, email, memberships: [membership], shown: true };
  });
}

function placeOf(
  program: Program,
  districts: readonly District[],
  organization: string,
): { readonly kind: OrganizationKind; readonly organizationName: string } {
  if (organization === program.agency.id) return { kind: 'agency', organizationName: program.agency.name };
  const district = districts.find((one) => one.id === organization);
  if (district === undefined)
    throw new Error(`people.json of ${program.id} names ${organization}, which the program does not have.`);
  return { kind: 'district', organizationName: district.name };
}

/** Somebody one can sign in as, as the sign-in page lists them. */
export interface SignInPerson {
  readonly sub: string;
  readonly name: string;
  readonly email: string;
  /** Names, as shown. */
  readonly program: string;
  readonly organization: string;
  readonly role: string;
}

export function signInPeople(program: Program, people: readonly DemonstrationPerson[]): readonly SignInPerson[] {
  return people
    .filter((one) => one.shown)
    .map(({ sub, name, email, memberships }) => ({
      sub,
      name,
      email,
      program: program.name,
      organization: memberships.map((one) => one.organizationName).join(' and '),
      role: memberships.map((one) => one.roles.map(roleWords).join(', ')).join(' and '),
    }));
}

/** `District superintendent`. */
function roleWords(given: Role): string {
  const [kind = '', word = ''] = given.split(':');
  const place = kind === 'agency' ? 'state' : kind;
  return `${place.charAt(0).toUpperCase()}${place.slice(1)} ${word.replace('-', ' ')}`;
}

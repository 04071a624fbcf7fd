import * as z from 'zod';
import { organizationId, personId, programId, type OrganizationId, type PersonId, type ProgramId } from './ids.ts';

/** The roles a person can hold in an organization of each kind. */
export const rolesOf = {
  district: ['superintendent', 'lead', 'committee', 'viewer'],
  partner: ['owner', 'editor', 'reporter', 'viewer'],
  agency: [
    'program-lead',
    'screener',
    'reviewer',
    'chair',
    'determiner',
    'liaison',
    'plan-manager',
    'network-coordinator',
    'auditor',
  ],
} as const;

export type OrganizationKind = keyof typeof rolesOf;
export type RoleOf<K extends OrganizationKind> = (typeof rolesOf)[K][number];
/** A role with the kind of organization it is held in: `district:lead`. */
export type Role = { [K in OrganizationKind]: `${K}:${RoleOf<K>}` }[OrganizationKind];

export const organizationKind = z.enum(['district', 'partner', 'agency']);

const kinds: readonly OrganizationKind[] = ['district', 'partner', 'agency'];
/** Every role there is, for tests that try them all. */
export const everyRole: readonly Role[] = kinds.flatMap((kind) =>
  rolesOf[kind].map((role) => `${kind}:${role}`),
) as readonly Role[]; // TypeScript widens the template of a union; the pairs are those of `rolesOf`

export const role = z.enum(everyRole, 'This is not a role that a person can hold here.');

/**
 * Who asks. `program` is set for agencies and districts, whose roles hold in one program; a partner
 * acts in every program in which it has a listing.
 */
export type Actor =
  | { readonly kind: 'public' }
  | {
      readonly kind: 'person';
      readonly person: PersonId;
      /** Absent until the person has joined an organization. */
      readonly acting?: {
        readonly organization: OrganizationId;
        readonly kind: OrganizationKind;
        readonly program?: ProgramId;
        readonly roles: readonly Role[];
      };
    };

export type Person = Extract<Actor, { kind: 'person' }>;

/** Whom an event names: a person acting for an organization, or a part of the system. */
export const author = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('person'),
    person: personId,
    organization: organizationId.optional(),
    program: programId.optional(),
    /** The fingerprint of the call that caused it: the same call again finds its own work. */
    call: z.string().length(12).optional(),
  }),
  z.object({ kind: z.literal('system'), part: z.string().max(40) }),
]);
export type Author = z.infer<typeof author>;

/** @param call the fingerprint of the call, for an act that names the version it changes. */
export function authorOf(actor: Person, call?: string): Author {
  return {
    kind: 'person',
    person: actor.person,
    ...(actor.acting === undefined ? {} : { organization: actor.acting.organization }),
    ...(actor.acting?.program === undefined ? {} : { program: actor.acting.program }),
    ...(call === undefined ? {} : { call }),
  };
}

export function holds(actor: Actor, ...wanted: readonly Role[]): boolean {
  return actor.kind === 'person' && (actor.acting?.roles.some((one) => wanted.includes(one)) ?? false);
}

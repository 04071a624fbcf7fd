import { isContractProcedure, type AnyContractRouter } from '@orpc/contract';
import * as z from 'zod';
import { contract } from '#shared/contract/contract.ts';
import type { DeclaredRoute } from '#shared/contract/routes.ts';
import { admit } from '#shared/kernel/access.ts';
import { everyRole, organizationKind, type Actor, type Role } from '#shared/kernel/actors.ts';
import { organizationId, personId, programId } from '#shared/kernel/ids.ts';

function holder(role: Role): Actor {
  const kind = organizationKind.parse(role.split(':')[0]);
  return {
    kind: 'person',
    person: personId.parse('per_0000000000000000'),
    acting: {
      organization: organizationId.parse(`some-${kind}`),
      kind,
      ...(kind === 'partner' ? {} : { program: programId.parse('demo') }),
      roles: [role],
    },
  };
}

export const actors: readonly (readonly [string, Actor])[] = [
  ['nobody', { kind: 'public' }],
  ['a person without an organization', { kind: 'person', person: personId.parse('per_0000000000000000') }],
  ...everyRole.map((role) => [role, holder(role)] as const),
];

/** Words that fit every variable part of a path and name nothing. */
const nothing: Readonly<Record<string, string>> = {
  program: 'demo',
  organization: 'nobody-there',
  partner: 'nobody-there',
  district: 'nobody-there',
  area: 'nothing',
  person: 'per_00000000000000zz',
  request: 'req_00000000000000zz',
  question: 'que_00000000000000zz',
  invitation: 'inv_00000000000000zz',
};

export function pathOf(route: DeclaredRoute): string {
  return route.path.replace(/\{(\w+)\}/g, (_, word: string) => {
    const value = nothing[word];
    if (value === undefined) throw new Error(`Say in this test what {${word}} may be; ${route.name} needs it.`);
    return value;
  });
}

/** Somebody who may call the route. */
export function admittedTo(route: DeclaredRoute): Actor {
  const actor = actors.find(([, one]) => admit(route.meta.access, one) === 'admitted')?.[1];
  if (actor === undefined) throw new Error(`Nobody may call ${route.name}.`);
  return actor;
}

/** The parts of a route's input, or the fields of one of them. */
export function shapeOf(route: DeclaredRoute, part?: 'query' | 'body'): Readonly<Record<string, unknown>> {
  let found: AnyContractRouter | undefined = contract;
  for (const word of route.name.split('.')) {
    if (found === undefined || isContractProcedure(found)) throw new Error(`${route.name} is in no contract.`);
    found = found[word];
  }
  if (!isContractProcedure(found)) throw new Error(`${route.name} is no route.`);
  const schema: unknown = found['~orpc'].inputSchema;
  const shape: Readonly<Record<string, unknown>> = schema instanceof z.ZodObject ? schema.shape : {};
  if (part === undefined) return shape;
  const inner = shape[part];
  return inner instanceof z.ZodObject ? inner.shape : {};
}

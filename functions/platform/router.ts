import {
  isContractProcedure,
  ValidationError,
  type AnyContractProcedure,
  type AnyContractRouter,
  type ContractProcedure,
  type InferSchemaInput,
  type InferSchemaOutput,
} from '@orpc/contract';
import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { implement, ORPCError, type AnyRouter } from '@orpc/server';
import { admit, type RouteMeta } from '#shared/kernel/access.ts';
import type { Actor } from '#shared/kernel/actors.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import { isRefusalCode, refusals, sentenceOf, type Refusal, type RefusalCode } from '#shared/kernel/refusals.ts';
import type { Result } from '#shared/kernel/result.ts';
import { chargedToSession } from './capacity.ts';
import { hashOf } from './hash.ts';
import { log } from './log.ts';
import { allowed, countedAddress, rates } from './rate-limit.ts';
import { readInput, refusedBySchema } from './read-input.ts';
import type { Table } from './table.ts';
import type { Visitor } from './visitor.ts';

/** What a use case is told beside its input. */
export interface Call {
  readonly actor: Actor;
  readonly at: Instant;
  readonly visitor: Visitor;
  /** The same for the same person, route and input, and for no other. */
  readonly fingerprint: string;
}

/** An answer is only read: readonly lists of the domain fit where the schema has plain ones. */
type Answered<T> = T extends string | number | boolean | null | undefined | Blob
  ? T
  : T extends readonly (infer E)[]
    ? readonly Answered<E>[]
    : T extends object
      ? { readonly [K in keyof T]: Answered<T[K]> }
      : T;

type HandlerOf<P> =
  P extends ContractProcedure<infer I, infer O, infer E, RouteMeta>
    ? (
        input: InferSchemaOutput<I>,
        call: Call,
      ) => Promise<Result<Answered<InferSchemaInput<O>>, Extract<keyof E, RefusalCode>>>
    : never;

/**
 * The use cases of a contract, route by route. A use case answers the route's output or one of the
 * refusals that the route declares; another does not compile.
 */
export type UseCases<C extends AnyContractRouter> = C extends AnyContractProcedure
  ? HandlerOf<C>
  : { readonly [K in keyof C]: C[K] extends AnyContractRouter ? UseCases<C[K]> : never };

/** What the routes of a contract need besides their use cases, unless all of them are public and change nothing. */
export interface ServeOptions {
  /** Counts the tries of a visitor. */
  readonly table: Table;
  /** Reads who a session belongs to; `public` when it has run out. */
  readonly actorOf: (session: string, at: Instant) => Promise<Actor>;
}

function orpcError(refusal: Refusal): ORPCError<string, unknown> {
  return new ORPCError<string, unknown>(refusal.code, {
    status: refusals[refusal.code].status,
    message: sentenceOf(refusal),
    data: refusal.fields === undefined ? undefined : { fields: refusal.fields },
  });
}

/** Turns whatever a route threw into a refusal, or logs the defect once and hides it. */
function errorAnswer(error: unknown, call: Visitor, path: string): ORPCError<string, unknown> {
  if (error instanceof ORPCError) {
    if (isRefusalCode(error.code)) return error;
    if (error.status >= 400 && error.status < 500) return orpcError({ code: 'malformed' });
  }
  log.error('defect', {
    correlation: call.correlation,
    path,
    error: error instanceof Error ? error : new Error(String(error)),
  });
  return new ORPCError('fault', {
    status: 500,
    message: `Something went wrong on our side. If you ask about it, give this number: ${call.correlation}.`,
  });
}

interface RouterContext {
  readonly visitor: Visitor;
  readonly request: Request;
  actor: Actor;
}

function fingerprintOf(actor: Actor, { method, path }: { method?: string; path?: string }, input: unknown): string {
  if (actor.kind === 'public' || method === 'GET') return '';
  return hashOf([actor.person, method, path, input]).slice(0, 12);
}

function routerOf(contract: AnyContractRouter, useCases: unknown): AnyRouter {
  if (isContractProcedure(contract)) {
    if (typeof useCases !== 'function') throw new Error(`A route without a use case: ${contract['~orpc'].route.path}.`);
    return implement(contract)
      .$context<RouterContext>()
      .handler(async ({ input, context }) => {
        const answer: Result<unknown> = await useCases(input, {
          actor: context.actor,
          at: context.visitor.at,
          visitor: context.visitor,
          fingerprint: fingerprintOf(context.actor, contract['~orpc'].route, input),
        });
        if (!answer.ok) throw orpcError(answer.refusal);
        return answer.value;
      });
  }
  const cases = new Map(Object.entries(useCases ?? {}));
  return Object.fromEntries(Object.entries(contract).map(([name, inner]) => [name, routerOf(inner, cases.get(name))]));
}

/** Nobody's session is read for it and nobody's tries are counted. */
function isOpen(meta: RouteMeta): boolean {
  return meta.access === 'public' && meta.change !== true && meta.signIn !== true;
}

const noTable = new Error('A contract whose routes ask who calls, or how often, needs a table.');

/** What every route of a contract declares beside its shape. */
export function* routesOf(contract: AnyContractRouter): Generator<{ readonly path: string; readonly meta: RouteMeta }> {
  if (!isContractProcedure(contract)) {
    for (const inner of Object.values(contract)) yield* routesOf(inner);
    return;
  }
  const { route, meta } = contract['~orpc'];
  yield { path: route.path ?? '', meta: meta as RouteMeta }; // every route is made by shared/contract/route.ts
}

function allOpen(contract: AnyContractRouter): boolean {
  return [...routesOf(contract)].every(({ meta }) => isOpen(meta));
}

/** Decides, before anything else is read, whether this visitor may call the route now. */
async function admitted(
  meta: RouteMeta,
  context: RouterContext,
  options: ServeOptions | undefined,
  origin: string,
): Promise<Refusal | undefined> {
  const { visitor } = context;
  if (isOpen(meta)) return undefined;
  if (options === undefined) throw noTable;
  const address = countedAddress(visitor.address);
  if (meta.signIn === true && !(await allowed(options.table, rates.signInByAddress, address, visitor.at))) {
    return { code: 'too-many-requests' };
  }
  if (meta.access !== 'public' && visitor.session !== undefined) {
    const { session, at } = visitor;
    context.actor = await chargedToSession(() => options.actorOf(session, at));
  }
  const admission = admit(meta.access, context.actor);
  if (admission !== 'admitted') return { code: admission };
  if (meta.change !== true) return undefined;
  if (visitor.origin !== origin) return { code: 'cross-origin' };
  if (!(await allowed(options.table, rates.changeByAddress, address, visitor.at))) return { code: 'too-many-requests' };
  if (
    context.actor.kind === 'person' &&
    !(await allowed(options.table, rates.changeByPerson, context.actor.person, visitor.at))
  ) {
    return { code: 'too-many-requests' };
  }
  return undefined;
}

function isRefusedInput(error: unknown): boolean {
  return error instanceof ORPCError && error.status === 400 && error.cause instanceof ValidationError;
}

/** What the library found in the path. */
function paramsOf(found: unknown): unknown {
  return typeof found === 'object' && found !== null && 'params' in found ? found.params : undefined;
}

/** Nothing is read for the library: a body is read after it is known that its sender may call the route. */
const unread = async (): Promise<undefined> => undefined;

export type Answer = (request: Request, visitor: Visitor) => Promise<Response>;

/**
 * The router of a contract: finds the route, decides who may call it, only then reads its input, asks its use
 * case, checks its output. An address without a route answers 404 in the same words as a refusal.
 * Throws when the contract needs options and has none.
 * @param origin the one origin from which changes are taken.
 */
export function routerFor<C extends AnyContractRouter>(
  contract: C,
  useCases: UseCases<C>,
  options: ServeOptions | undefined,
  origin: string,
): Answer {
  if (options === undefined && !allOpen(contract)) throw noTable;
  const router = new OpenAPIHandler(routerOf(contract, useCases), {
    interceptors: [
      async ({ next, ...call }) => {
        const { context, request } = call;
        try {
          return await next({ ...call, request: { ...request, body: unread } });
        } catch (error) {
          throw errorAnswer(error, context.visitor, request.url.pathname);
        }
      },
    ],
    clientInterceptors: [
      async ({ next, ...call }) => {
        const { procedure, context } = call;
        const { meta, inputSchema } = procedure['~orpc'];
        const refusal = await admitted(meta as RouteMeta, context, options, origin); // every route is made by shared/contract/route.ts
        if (refusal !== undefined) throw orpcError(refusal);
        const input = await readInput(context.request, inputSchema, paramsOf(call.input));
        if (!input.ok) throw orpcError(input.refusal);
        try {
          return await next({ ...call, input: input.value });
        } catch (error) {
          throw isRefusedInput(error) ? orpcError(refusedBySchema(inputSchema, input.value).refusal) : error;
        }
      },
    ],
  });
  return async (request, visitor) => {
    const context: RouterContext = { visitor, request, actor: { kind: 'public' } };
    const answer = await router.handle(request, { prefix: '/api', context });
    return answer.matched ? answer.response : refusalResponse('not-found');
  };
}

/** A refusal outside any route, in the same shape as inside one. */
export function refusalResponse(code: RefusalCode): Response {
  const { status, sentence } = refusals[code];
  return Response.json({ defined: true, code, status, message: sentence }, { status });
}

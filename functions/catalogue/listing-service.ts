import type * as z from 'zod';
import type { catalogueContract, editing } from '#shared/catalogue/contract.ts';
import type { Draft, Listing } from '#shared/catalogue/model.ts';
import { discardDraft, publishDraft, saveDraft } from '#shared/catalogue/rules.ts';
import { listing } from '#shared/catalogue/model.ts';
import { authorOf, type Actor } from '#shared/kernel/actors.ts';
import type { OrganizationId, ProgramId } from '#shared/kernel/ids.ts';
import { ok, refuse, type Result } from '#shared/kernel/result.ts';
import type { Program } from '#shared/programs/program.ts';
import { commit, isDone, load, type Loaded } from '#platform/aggregates.ts';
import type { Call, UseCases } from '#platform/router.ts';
import type { Table } from '#platform/table.ts';
import { draftKey, inList, listingKey, loadDraft } from './store.ts';

type Contract = typeof catalogueContract;

type Refused = Extract<Result<never, 'changed-meanwhile' | 'too-large'>, { ok: false }>;

interface Desk {
  readonly program: Program;
  readonly listing: Loaded<Listing>;
  readonly draft: Loaded<Draft> | undefined;
}

function editingOf({ listing: published, draft }: Desk): z.infer<typeof editing> {
  return {
    listing: published.state,
    listingVersion: published.version,
    draftVersion: draft?.version ?? 0,
    ...(draft === undefined ? {} : { draft: draft.state }),
  };
}

/** A partner's own desk: its draft and what it publishes. Somebody else's is not there. */
export function listingService(
  table: Table,
  programs: ReadonlyMap<string, Program>,
): Pick<UseCases<Contract>, 'listing'> {
  async function desk(
    params: { program: ProgramId; partner: OrganizationId },
    actor: Actor,
  ): Promise<Result<Desk, 'not-found'>> {
    const program = programs.get(params.program);
    const theirs = actor.kind === 'person' && actor.acting?.organization === params.partner;
    if (program === undefined || !theirs) return refuse('not-found');
    const [published, draft] = await Promise.all([
      load(table, listingKey(params.program, params.partner), listing),
      loadDraft(table, params.program, params.partner),
    ]);
    return published === undefined ? refuse('not-found') : ok({ program, listing: published, draft });
  }

  async function afterwards(params: { program: ProgramId; partner: OrganizationId }, actor: Actor) {
    const found = await desk(params, actor);
    return found.ok ? ok(editingOf(found.value)) : found;
  }

  /** The same call again, whose answer was lost on the way, finds its work done. */
  async function unlessDone(
    params: { program: ProgramId; partner: OrganizationId },
    seen: number,
    call: Call,
    refused: Refused = refuse('changed-meanwhile'),
  ) {
    if (refused.refusal.code !== 'changed-meanwhile') return refused;
    const done = await isDone(table, draftKey(params.program, params.partner), seen, call.fingerprint);
    return done ? afterwards(params, call.actor) : refused;
  }

  return {
    listing: {
      edit: async ({ params }, { actor }) => afterwards(params, actor),

      save: async ({ params, body }, call) => {
        const { actor, at } = call;
        const found = await desk(params, actor);
        if (!found.ok) return found;
        if (actor.kind !== 'person') return refuse('not-signed-in');
        const { draft, listing: published } = found.value;
        if ((draft?.version ?? 0) !== body.version) return unlessDone(params, body.version, call);
        const input = { content: body.content, ...(body.basedOn === undefined ? {} : { basedOn: body.basedOn }) };
        const decided = saveDraft(draft?.state, actor, at, input, published);
        if (!decided.ok) return decided;
        const step = { key: draftKey(params.program, params.partner), before: draft, decision: decided.value };
        const written = await commit(table, [step], at, authorOf(actor, call.fingerprint));
        return written.ok ? afterwards(params, actor) : unlessDone(params, body.version, call, written);
      },

      publish: async ({ params, body }, call) => {
        const { actor, at } = call;
        const found = await desk(params, actor);
        if (!found.ok) return found;
        if (actor.kind !== 'person') return refuse('not-signed-in');
        const { draft, listing: published, program } = found.value;
        if (draft === undefined) return refuse('wrong-state', 'There is no draft to publish.');
        if (draft.version !== body.version) return unlessDone(params, body.version, call);
        const decided = publishDraft(draft.state, actor, at, published, program);
        if (!decided.ok) return decided;
        const steps = [
          {
            key: listingKey(params.program, params.partner),
            before: published,
            decision: decided.value.listing,
            list: inList(params.program, params.partner),
          },
          { key: draftKey(params.program, params.partner), before: draft, decision: decided.value.draft },
        ];
        const written = await commit(table, steps, at, authorOf(actor, call.fingerprint));
        return written.ok ? afterwards(params, actor) : unlessDone(params, body.version, call, written);
      },

      discard: async ({ params, body }, call) => {
        const { actor, at } = call;
        const found = await desk(params, actor);
        if (!found.ok) return found;
        if (actor.kind !== 'person') return refuse('not-signed-in');
        const { draft, listing: published } = found.value;
        if (draft === undefined) return refuse('wrong-state', 'There is no draft to drop.');
        if (draft.version !== body.version) return unlessDone(params, body.version, call);
        const decided = discardDraft(draft.state, actor, at, published);
        if (!decided.ok) return decided;
        const step = { key: draftKey(params.program, params.partner), before: draft, decision: decided.value };
        const written = await commit(table, [step], at, authorOf(actor, call.fingerprint));
        return written.ok ? afterwards(params, actor) : unlessDone(params, body.version, call, written);
      },
    },
  };
}

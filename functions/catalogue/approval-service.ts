import {
  endApproval,
  endProbation,
  grantApproval,
  liftSuspension,
  meetCondition,
  putOnProbation,
  renewApproval,
  setCondition,
  suspend,
} from '#shared/catalogue/approval-rules.ts';
import type { ApprovalActInput, catalogueContract } from '#shared/catalogue/contract.ts';
import type { Approval } from '#shared/catalogue/model.ts';
import { listing } from '#shared/catalogue/model.ts';
import { statusAt } from '#shared/catalogue/status.ts';
import { authorOf, type Person } from '#shared/kernel/actors.ts';
import type { Decision, EventType } from '#shared/kernel/events.ts';
import type { OrganizationId, TermId } from '#shared/kernel/ids.ts';
import { endOfDay, startOfDay, type Instant } from '#shared/kernel/instants.ts';
import { ok, refuse, type Result } from '#shared/kernel/result.ts';
import type { Program } from '#shared/programs/program.ts';
import { unknownArea } from '#shared/programs/unknown-area.ts';
import { commit, isDone, load } from '#platform/aggregates.ts';
import type { UseCases } from '#platform/router.ts';
import type { Table } from '#platform/table.ts';
import { approvalKey, listingKey, loadApproval } from './store.ts';

type Contract = typeof catalogueContract;
type Code = 'not-allowed' | 'not-found' | 'wrong-state' | 'invalid';

interface Matter {
  readonly program: Program;
  readonly partner: OrganizationId;
  /** Undefined for the approval whose area no source shows. */
  readonly area: TermId | undefined;
  readonly approval: Approval | undefined;
}

/** Puts the days of a form into the program's zone and asks the rule of the act. */
function decide(
  matter: Matter,
  input: ApprovalActInput,
  actor: Person,
  at: Instant,
): Result<Decision<Approval, EventType>, Code> {
  const { program, partner, area, approval } = matter;
  if (input.act === 'grant') {
    const granted = startOfDay(input.granted, program.zone);
    return grantApproval(
      approval,
      actor,
      at,
      { partner, area, granted, ends: endOfDay(input.ends, program.zone) },
      program,
    );
  }
  if (approval === undefined) return refuse('not-found');
  const words = 'words' in input && input.words !== undefined ? { words: input.words } : {};
  const until = 'until' in input && input.until !== undefined ? { until: endOfDay(input.until, program.zone) } : {};
  switch (input.act) {
    case 'set-condition': {
      const due = input.due === undefined ? {} : { due: endOfDay(input.due, program.zone) };
      return setCondition(approval, actor, at, { text: input.text, ...due });
    }
    case 'meet-condition':
      return meetCondition(approval, actor, at, input.condition);
    case 'put-on-probation':
      return putOnProbation(approval, actor, at, { ...until, ...words });
    case 'end-probation':
      return endProbation(approval, actor, at);
    case 'suspend':
      return suspend(approval, actor, at, { reason: input.reason, ...words, ...until }, program);
    case 'lift-suspension':
      return liftSuspension(approval, actor, at);
    case 'end':
      return endApproval(approval, actor, at, { reason: input.reason, ...words }, program);
    case 'renew':
      return renewApproval(approval, actor, at, endOfDay(input.ends, program.zone));
  }
}

/** What the state decides about a partner in one area. */
export function approvalService(
  table: Table,
  programs: ReadonlyMap<string, Program>,
): Pick<UseCases<Contract>, 'approve'> {
  return {
    approve: async ({ params, body }, { actor, at, fingerprint }) => {
      const program = programs.get(params.program);
      if (program === undefined || actor.kind !== 'person' || actor.acting?.program !== params.program)
        return refuse('not-found');
      const area = params.area === unknownArea ? undefined : params.area;
      const [listed, before] = await Promise.all([
        load(table, listingKey(params.program, params.partner), listing),
        loadApproval(table, params.program, params.partner, area),
      ]);
      if (listed === undefined) return refuse('not-found');
      const key = approvalKey(params.program, params.partner, area);
      // The same call again, whose answer was lost on the way or which its twin overtook, finds its work done.
      const asDone = async () => {
        const [now, done] = await Promise.all([
          loadApproval(table, params.program, params.partner, area),
          isDone(table, key, body.version, fingerprint),
        ]);
        if (now === undefined || !done) return refuse('changed-meanwhile');
        return ok({ approval: now.state, status: statusAt(now.state, at), version: now.version });
      };
      if ((before?.version ?? 0) !== body.version) return asDone();
      const matter = { program, partner: params.partner, area, approval: before?.state };
      const decided = decide(matter, body.decision, actor, at);
      if (!decided.ok) return decided;
      const written = await commit(table, [{ key, before, decision: decided.value }], at, authorOf(actor, fingerprint));
      if (!written.ok) return written.refusal.code === 'changed-meanwhile' ? asDone() : written;
      const approval = decided.value.next;
      return ok({ approval, status: statusAt(approval, at), version: (before?.version ?? 0) + 1 });
    },
  };
}

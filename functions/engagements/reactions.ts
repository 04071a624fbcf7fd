import * as z from 'zod';
import { consumers } from '#shared/contract/consumers.ts';
import { bucketOf, hoursBetween } from '#shared/engagements/demand.ts';
import {
  engagementCreated,
  invitationAnswered,
  outcomeRecorded,
  requestAmended,
  requestSent,
  requestWithdrawn,
} from '#shared/engagements/events.ts';
import type { RecordedEvent } from '#shared/kernel/events.ts';
import { termId, type OrganizationId, type RequestId } from '#shared/kernel/ids.ts';
import { instant, type Instant, type Zone } from '#shared/kernel/instants.ts';
import type { Program } from '#shared/programs/program.ts';
import type { Consumer, Effect } from '#platform/consumers.ts';
import type { Table } from '#platform/table.ts';
import { monthKey, monthOf, needKey, notUnmet, unmetSince } from './demand.ts';
import { loadInvitationSummary } from './store.ts';

type Amounts = Readonly<Record<string, number>>;

function inMonth(event: RecordedEvent, at: Instant, zone: Zone, amounts: Amounts): Effect {
  return { kind: 'add', key: monthKey(event.program, monthOf(at, zone)), amounts };
}

function onNeed(of: RequestId, set: Readonly<Record<string, string | number>>, amounts: Amounts = {}): Effect {
  return { kind: 'add', key: needKey(of), amounts, set };
}

/** As it was called at the sending; that name never changes, so a rebuild finds the same one. */
async function districtName(table: Table, request: RequestId, partner: OrganizationId | undefined): Promise<string> {
  const summary = partner === undefined ? undefined : await loadInvitationSummary(table, { request, partner });
  if (summary === undefined) throw new Error(`${request} was sent, but its invitations have no summary.`);
  return summary.names.district;
}

async function sent(event: RecordedEvent, table: Table, zone: Zone): Promise<readonly Effect[]> {
  const { request, district, area, title, partners, replyBy } = requestSent.data.parse(event.data);
  const asked = partners.length;
  const name = await districtName(table, request, partners[0]);
  const need = { request, district, districtName: name, title, area, sentAt: event.at, replyBy, asked };
  return [
    inMonth(event, event.at, zone, { sent: 1, invitations: asked }),
    onNeed(request, { ...need, ...unmetSince(event.program, replyBy, request) }),
  ];
}

const formerAt = instant.optional();
const formerKind = z.enum(['interested', 'declined']).optional();
const formerReason = termId.optional();

/** What the partner had answered before: the event holds both sides of each field that changed. */
function formerAnswer(event: RecordedEvent) {
  const before = (path: string) => event.changes.find((change) => change.path === path)?.before;
  return {
    at: formerAt.parse(before('answer.at')),
    kind: formerKind.parse(before('answer.kind')),
    reason: formerReason.parse(before('answer.reason')),
  };
}

function answered(event: RecordedEvent, zone: Zone): readonly Effect[] {
  const data = invitationAnswered.data.parse(event.data);
  const standing = (kind: 'interested' | 'declined', reason: string | undefined, amount: number): Amounts => ({
    [kind]: amount,
    ...(reason === undefined ? {} : { [`declined:${reason}`]: amount }),
  });
  const reason = data.kind === 'declined' ? data.reason : undefined;
  const counted = inMonth(event, event.at, zone, standing(data.kind, reason, 1));
  if (data.first) {
    const hours = hoursBetween(data.sentAt, event.at);
    const times = { answers: 1, hours, [`within:${bucketOf(hours)}`]: 1 };
    return [merged(counted, times), onNeed(data.request, {}, { [data.kind]: 1 })];
  }
  const former = formerAnswer(event);
  const kind = former.kind ?? data.kind;
  const formerly = kind === 'declined' ? (former.reason ?? reason) : undefined;
  const taken = inMonth(event, former.at ?? event.at, zone, standing(kind, formerly, -1));
  const months = sameKey(counted, taken) ? [merged(counted, amountsOf(taken))] : [counted, taken];
  return kind === data.kind ? months : [...months, onNeed(data.request, {}, { [data.kind]: 1, [kind]: -1 })];
}

function amountsOf(effect: Effect): Amounts {
  return effect.kind === 'add' ? effect.amounts : {};
}

function sameKey(one: Effect, other: Effect): boolean {
  return one.kind === 'add' && other.kind === 'add' && one.key.sk === other.key.sk && one.key.pk === other.key.pk;
}

/** One transaction changes an item once, so sums of the same month are added up first. */
function merged(effect: Effect, more: Amounts): Effect {
  if (effect.kind !== 'add') return effect;
  const amounts: Record<string, number> = { ...effect.amounts };
  for (const [name, amount] of Object.entries(more)) amounts[name] = (amounts[name] ?? 0) + amount;
  return { ...effect, amounts };
}

function decided(event: RecordedEvent, zone: Zone): readonly Effect[] {
  const data = outcomeRecorded.data.parse(event.data);
  const outcome = { [`outcome:${data.kind}`]: 1 };
  if (data.kind !== 'none-suitable') {
    return [inMonth(event, event.at, zone, outcome), onNeed(data.request, notUnmet(event.program))];
  }
  const reasons = Object.fromEntries(data.reasons.map((reason) => [`none-suitable:${reason}`, 1]));
  const place = unmetSince(event.program, event.at, data.request);
  return [
    inMonth(event, event.at, zone, { ...outcome, ...reasons }),
    onNeed(data.request, { ...place, decidedAt: event.at, reasons: data.reasons.join(' ') }),
  ];
}

/** Requests by month, answer times, declines, outcomes and unmet needs, for the state's home. */
export function demandConsumer(programs: ReadonlyMap<string, Program>): Consumer {
  return {
    name: 'demand',
    hears: consumers.demand,
    apply: async (event, table) => {
      const zone = programs.get(event.program)?.zone;
      if (zone === undefined) throw new Error(`An event of ${event.program}, which is no program here.`);
      switch (event.type) {
        case requestSent.name:
          return sent(event, table, zone);
        case requestAmended.name: {
          const { request, replyBy } = requestAmended.data.parse(event.data);
          return [onNeed(request, { replyBy, ...unmetSince(event.program, replyBy, request) })];
        }
        case requestWithdrawn.name: {
          const { request, partners } = requestWithdrawn.data.parse(event.data);
          // A draft never was a need that anybody heard of.
          if (partners.length === 0) return [];
          const counted = inMonth(event, event.at, zone, { 'outcome:withdrawn': 1 });
          return [counted, onNeed(request, notUnmet(event.program))];
        }
        case outcomeRecorded.name:
          return decided(event, zone);
        case invitationAnswered.name:
          return answered(event, zone);
        case engagementCreated.name:
          return [inMonth(event, event.at, zone, { engagements: 1 })];
        default:
          throw new Error(`The consumer demand does not hear ${event.type}.`);
      }
    },
  };
}

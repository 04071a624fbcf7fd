import type { Zone } from '#shared/kernel/instants.ts';
import { isCents } from '#shared/kernel/money.ts';
import { showMoney } from '#shared/kernel/show-money.ts';
import { areasOf } from '#shared/programs/areas.ts';
import type { ProgramFacts } from '#lib/api.ts';
import { tierWords } from '#lib/catalogue/tier-words.ts';
import { isApprovalStatus, statusWords } from '#lib/catalogue/status-words.ts';
import { nameIn } from '#lib/catalogue/terms.ts';
import { isRecord } from '#lib/is-record.ts';
import type { ShownReason } from './answer.ts';
import { placeWords } from './filter-words.ts';

const list = new Intl.ListFormat('en-US');

/** A reason's data comes over the wire without a shape of its own: what has another one reads as nothing. */
function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function moneyWords(value: unknown): string {
  return isCents(value) ? showMoney(value) : 'an amount that is not known';
}

function dayWords(moment: unknown, zone: Zone): string {
  if (typeof moment !== 'number') return 'a later day';
  const format = { timeZone: zone, month: 'short', day: 'numeric', year: 'numeric' } as const;
  return new Intl.DateTimeFormat('en-US', format).format(moment);
}

function areaWords(program: ProgramFacts, value: unknown): string {
  return list.format(texts(value).map((area) => nameIn(areasOf(program), area)));
}

function statedTier(value: unknown): Parameters<typeof tierWords>[0] {
  if (!isRecord(value)) return undefined;
  const { atLeast, atMost } = value;
  return typeof atLeast === 'number' && typeof atMost === 'number' ? { atLeast, atMost } : undefined;
}

/** The finding that satisfies what is asked of findings: `One finding, tier 2, on reading, with grade 9`. */
function evidenceWords(program: ProgramFacts, reason: ShownReason): string {
  const outcomes = texts(reason['outcomes']).map((id) => nameIn(program.outcomes, id));
  const populations = texts(reason['populations']).map((id) => nameIn(program.populations, id));
  const parts = [
    tierWords(statedTier(reason['tier'])),
    ...(outcomes.length === 0 ? [] : [`on ${list.format(outcomes)}`]),
    ...(populations.length === 0 ? [] : [`studied with ${list.format(populations)}`]),
  ];
  return `One of its findings fits: ${parts.join(', ')}.`;
}

/** Why a partner is on the list: one sentence; empty for a code that this page does not know. */
export function becauseWords(program: ProgramFacts, reason: ShownReason): string {
  switch (reason.code) {
    case 'approved':
      return `It is listed for ${areaWords(program, reason['areas'])}.`;
    case 'offers': {
      const services = texts(reason['services']).map((service) => nameIn(program.serviceTypes, service));
      return services.length === 0 ? '' : `It offers what you ask for: ${list.format(services)}.`;
    }
    case 'evidence':
      return evidenceWords(program, reason);
    case 'within-budget':
      return `At ${moneyWords(reason['compared'])} for one year it is within your limit.`;
    case 'record':
      return `Its track record is at least ${Number(reason['lowerPercent'])}%, by the lower end of the interval.`;
    case 'room':
      return 'It has room now.';
    case 'works-in':
      return `It works in ${list.format(texts(reason['sites']).map((site) => placeWords(program, site)))}.`;
    default:
      return '';
  }
}

function statusSentence(program: ProgramFacts, reason: ShownReason): string {
  const { status } = reason;
  if (!isApprovalStatus(status)) return '';
  const areas = areaWords(program, reason['areas']);
  return `${areas === '' ? 'Area not published' : areas}: ${statusWords(status).words.toLowerCase()}.`;
}

/** Why it may not fit all the same: one sentence; empty for a code that this page does not know. */
export function butWords(program: ProgramFacts, reason: ShownReason): string {
  switch (reason.code) {
    case 'status':
      return statusSentence(program, reason);
    case 'no-approval':
      return `${program.notApproved}.`;
    case 'may-exceed':
      return `It may cost up to ${moneyWords(reason['high'])}, which is above your limit.`;
    case 'no-price':
      return 'No price is published: ask what it would cost.';
    case 'price-needs':
      return `Its price depends on the number of ${String(reason['figure'])}, which is not given.`;
    case 'no-effect-found':
      return 'A study of its work found no effect, or a harmful one: read its findings.';
    case 'tier-unknown':
      return 'No source states an evidence tier for what is asked.';
    case 'record-unknown':
      return 'There are not enough confirmed results yet for a track record.';
    case 'room-unknown':
      return 'It publishes no capacity: ask whether it has room.';
    case 'full':
      return 'It has as many clients as it takes this school year.';
    case 'later':
      return `It can start on ${dayWords(reason['from'], program.zone)} at the earliest.`;
    case 'unclaimed':
      return 'Nobody from it has an account here, so it cannot be sent a request.';
    default:
      return '';
  }
}

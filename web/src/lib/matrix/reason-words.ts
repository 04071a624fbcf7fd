import type { Zone } from '#shared/kernel/instants.ts';
import { isCents } from '#shared/kernel/money.ts';
import { showMoney } from '#shared/kernel/show-money.ts';
import { areasOf } from '#shared/programs/areas.ts';
import type { ProgramFacts } from '#lib/api.ts';
import { tierWords } from '#lib/catalogue/tier-words.ts';
import { statusWords } from '#lib/catalogue/status-words.ts';
import { nameIn } from '#lib/catalogue/terms.ts';
import type { ShownBecause, ShownBut } from './answer.ts';
import { placeWords } from './filter-words.ts';

const list = new Intl.ListFormat('en-US');

function moneyWords(amount: number): string {
  return isCents(amount) ? showMoney(amount) : 'an amount that is not known';
}

function dayWords(moment: number, zone: Zone): string {
  const format = { timeZone: zone, month: 'short', day: 'numeric', year: 'numeric' } as const;
  return new Intl.DateTimeFormat('en-US', format).format(moment);
}

function named(terms: Parameters<typeof nameIn>[0], ids: readonly string[]): string {
  return list.format(ids.map((id) => nameIn(terms, id)));
}

/** The finding that satisfies what is asked of findings: `One finding, tier 2, on reading, with grade 9`. */
function evidenceWords(
  program: ProgramFacts,
  { tier, outcomes, populations }: Extract<ShownBecause, { code: 'evidence' }>,
): string {
  const parts = [
    tierWords(tier),
    ...(outcomes.length === 0 ? [] : [`on ${named(program.outcomes, outcomes)}`]),
    ...(populations.length === 0 ? [] : [`studied with ${named(program.populations, populations)}`]),
  ];
  return `One of its findings fits: ${parts.join(', ')}.`;
}

/** Why a partner is on the list: one sentence; empty for a code that this page does not know. */
export function becauseWords(program: ProgramFacts, reason: ShownBecause): string {
  switch (reason.code) {
    case 'approved':
      return `It is listed for ${named(areasOf(program), reason.areas)}.`;
    case 'offers':
      return reason.services.length === 0
        ? ''
        : `It offers what you ask for: ${named(program.serviceTypes, reason.services)}.`;
    case 'evidence':
      return evidenceWords(program, reason);
    case 'within-budget':
      return `At ${moneyWords(reason.compared)} for one year it is within your limit.`;
    case 'record':
      return `Its track record is at least ${reason.lowerPercent}%, by the lower end of the interval.`;
    case 'room':
      return 'It has room now.';
    case 'works-in':
      return `It works in ${list.format(reason.sites.map((site) => placeWords(program, site)))}.`;
    default:
      return '';
  }
}

/** Why it may not fit all the same: one sentence; empty for a code that this page does not know. */
export function butWords(program: ProgramFacts, reason: ShownBut): string {
  switch (reason.code) {
    case 'status': {
      const areas = reason.areas.length === 0 ? 'Area not published' : named(areasOf(program), reason.areas);
      return `${areas}: ${statusWords(reason.status).words.toLowerCase()}.`;
    }
    case 'no-approval':
      return `${program.notApproved}.`;
    case 'may-exceed':
      return `It may cost up to ${moneyWords(reason.high)}, which is above your limit.`;
    case 'no-price':
      return 'No price is published: ask what it would cost.';
    case 'price-needs':
      return `Its price depends on the number of ${reason.figure}, which is not given.`;
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
      return `It can start on ${dayWords(reason.from, program.zone)} at the earliest.`;
    case 'unclaimed':
      return 'Nobody from it has an account here, so it cannot be sent a request.';
    default:
      return '';
  }
}

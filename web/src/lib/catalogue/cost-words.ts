import type { Assumption, CannotTurn, YearCost } from '#shared/catalogue/cost.ts';
import type { Cents } from '#shared/kernel/money.ts';
import { showMoney } from '#shared/kernel/show-money.ts';
import { countWords } from './scenario-words.ts';

interface Bounds {
  readonly low?: Cents | undefined;
  readonly typical?: Cents | undefined;
  readonly high?: Cents | undefined;
}

/** An amount and how far it may reach: `$9,000 to $12,000, typically $10,000`; what is unknown is left out. */
export function rangeWords({ low, typical, high }: Bounds): string {
  const usual = typical === undefined ? undefined : showMoney(typical);
  if (low !== undefined && high !== undefined) {
    if (low === high) return showMoney(low);
    const range = `${showMoney(low)} to ${showMoney(high)}`;
    return usual === undefined ? range : `${range}, typically ${usual}`;
  }
  if (usual !== undefined) {
    if (high !== undefined) return `typically ${usual}, at most ${showMoney(high)}`;
    return low === undefined ? usual : `from ${showMoney(low)}, typically ${usual}`;
  }
  if (high !== undefined) return `up to ${showMoney(high)}`;
  return low === undefined ? 'not stated' : `from ${showMoney(low)}`;
}

function assumed(assumptions: readonly Assumption[]): string {
  if (assumptions.length === 0) return 'The price holds for the year whatever the size.';
  const counts = assumptions.map(({ factor, quantity }) => countWords(factor, quantity));
  return `The price times ${new Intl.ListFormat('en-US').format(counts)}.`;
}

/** What a year's cost rests on, one sentence each. */
export function assumptionWords(cost: YearCost): readonly string[] {
  return [
    assumed(cost.assumptions),
    ...(cost.minimumApplies ? ['The smallest amount that is billed is more than the quantity alone.'] : []),
    ...(cost.comparedBy === 'midpoint'
      ? [`Compared with others at ${showMoney(cost.compared)}, half way between low and high.`]
      : []),
  ];
}

/** Why a price has no year's cost, and what to do about it. */
export function cannotWords(cannot: CannotTurn): string {
  if ('missing' in cannot) {
    return `This price depends on the number of ${cannot.missing}. Give the number of ${cannot.missing} to see one year’s cost.`;
  }
  return 'One year’s cost is above one billion dollars, which is more than is counted here. Check the figures.';
}

/** `14 hours of your own staff’s time, beside the fee`. */
export function staffWords(hours: number): string {
  const counted = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }).format(hours);
  return `${counted} ${hours === 1 ? 'hour' : 'hours'} of the district’s own staff, beside the fee`;
}

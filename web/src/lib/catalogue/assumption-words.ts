import type { Assumption, CannotTurn, YearCost } from '#shared/catalogue/cost.ts';
import { showMoney } from '#shared/kernel/show-money.ts';
import { countWords } from './scenario-words.ts';

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

import type { BudgetRange } from '#shared/engagements/model.ts';
import { showMoney } from '#shared/kernel/show-money.ts';

/** `$40,000 to $60,000`, `up to $60,000`, `from $40,000`, or that it is not stated. */
export function budgetWords(budget: BudgetRange | undefined): string {
  if (budget?.low !== undefined && budget.high !== undefined) {
    return budget.low === budget.high ? showMoney(budget.low) : `${showMoney(budget.low)} to ${showMoney(budget.high)}`;
  }
  if (budget?.high !== undefined) return `up to ${showMoney(budget.high)}`;
  return budget?.low === undefined ? 'not stated' : `from ${showMoney(budget.low)}`;
}

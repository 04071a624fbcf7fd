import type { Cents } from './money.ts';

/** `$36,150`, or `$25,000.03` where there are cents. */
export function showMoney(amount: Cents): string {
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: amount % 100 === 0 ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(amount / 100);
}

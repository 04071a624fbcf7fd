import type { Cents } from './money.ts';

// To make a formatter takes a hundred times as long as to use it, and a list has sixty amounts.
const dollars = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  trailingZeroDisplay: 'stripIfInteger',
});

/** `$36,150`, or `$25,000.03` where there are cents. */
export function showMoney(amount: Cents): string {
  return dollars.format(amount / 100);
}

import type { Cents } from './money.ts';

// Made once: to make a formatter takes longer than to format a list of amounts.
const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 0 });
const dollarsAndCents = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** `$36,150`, or `$25,000.03` where there are cents. */
export function showMoney(amount: Cents): string {
  return (amount % 100 === 0 ? dollars : dollarsAndCents).format(amount / 100);
}

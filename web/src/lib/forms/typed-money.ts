const amountPattern = /^\$?\s*(\d{1,3}(,\d{3})+|\d{1,9})(\.\d{1,2})?$/;

/** Cents for an amount typed in dollars: `3,500`, `$3500.50`. Undefined for anything else. */
export function centsTyped(text: string): number | undefined {
  return amountPattern.test(text) ? Math.round(Number(text.replaceAll(/[$,\s]/g, '')) * 100) : undefined;
}

/** Cents as somebody would type them: `3500` or `3500.50`; empty for none. */
export function dollarsTyped(amount: number | undefined): string {
  if (amount === undefined) return '';
  return amount % 100 === 0 ? String(amount / 100) : (amount / 100).toFixed(2);
}

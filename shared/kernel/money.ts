import * as z from 'zod';

const mostCents = 100_000_000_000;

/** An amount in whole US cents, so that sums are exact. At most one billion dollars. */
export const cents = z.int().min(0).max(mostCents).brand<'cents'>();
export type Cents = z.infer<typeof cents>;

/** The same without the schema, for pages. */
export function isCents(value: unknown): value is Cents {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= mostCents;
}

export function dollars(amount: number): Cents {
  return cents.parse(Math.round(amount * 100));
}

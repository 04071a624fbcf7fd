import * as z from 'zod';

/** An amount in whole US cents, so that sums are exact. At most one billion dollars. */
export const cents = z.int().min(0).max(100_000_000_000).brand<'cents'>();
export type Cents = z.infer<typeof cents>;

export function dollars(amount: number): Cents {
  return cents.parse(Math.round(amount * 100));
}

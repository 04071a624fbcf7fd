import type { Cents } from '#shared/kernel/money.ts';
import type { ProgramFacts } from '#lib/api.ts';

type Threshold = ProgramFacts['procurement'][number];

/** The rules of purchasing that an amount falls under. Who is at the upper end of one is not yet in the next. */
export function thresholdsFor(program: ProgramFacts, amount: Cents | undefined): readonly Threshold[] {
  if (amount === undefined) return [];
  return program.procurement.filter(
    ({ from, to }) =>
      (from === undefined || amount >= from) && (to === undefined || amount < to) && (from ?? to) !== undefined,
  );
}

import type { TermId } from '../../kernel/ids.ts';
import type { Cents } from '../../kernel/money.ts';
import type { Scenario } from '../../programs/program.ts';
import { offeringCost, type Measures, type OfferingCost } from '../cost.ts';
import type { Price } from '../model.ts';
import { either, owned, type OwnedRows, type RowBits } from './bits.ts';
import { never, none, partsOf, int, real, type MatrixColumns, type PriceColumns } from './columns.ts';
import { lastPerSnapshot, perSnapshot } from './per-snapshot.ts';
import { RowPlanes } from './row-planes.ts';

/** The steps of the facet of `max`, whole dollars. */
export const costSteps = [10_000, 25_000, 50_000, 100_000, 250_000] as const;

export const offeringPlanes = perSnapshot((columns) => new RowPlanes(columns.offerings.from));

export interface YearCosts {
  readonly scenario: Scenario;
  readonly measures: Measures;
  /** By offering, the amount in cents by which it is compared; `none` where no price can be turned. */
  readonly compared: Float64Array;
  readonly priced: RowBits;
  readonly unpriced: RowBits;
  /** By place in `costSteps`, the offerings whose cost is known and within it; and these with the unpriced. */
  readonly within: readonly OwnedRows[];
  readonly withinOrUnpriced: readonly OwnedRows[];
}

/** What each offering costs in one year of a scenario. */
export const yearCosts = lastPerSnapshot(
  (columns, { measures, scenario }: { readonly measures: Measures; readonly scenario: Scenario }): YearCosts => {
    const compared = Float64Array.from(columns.offerings.service, (_, offering) => {
      const answer = costOfOffering(columns, offering, measures, scenario);
      return 'cost' in answer ? answer.cost.compared : none;
    });
    const planes = offeringPlanes(columns);
    const unpriced = planes.where((offering) => compared[offering] === none);
    const within = costSteps.map((step) => offeringsWithin(columns, compared, step * 100));
    return {
      scenario,
      measures,
      compared,
      priced: offeringsWithin(columns, compared, never),
      unpriced,
      within: within.map((rows) => owned(rows, planes.words)),
      withinOrUnpriced: within.map((rows) => owned(either(rows, unpriced), planes.words)),
    };
  },
  (known, asked) => known.measures === asked.measures && isSame(known.scenario, asked.scenario),
);

/** The offerings whose cost is known and at most so many cents. */
export function offeringsWithin(columns: MatrixColumns, compared: Float64Array, most: number): RowBits {
  return offeringPlanes(columns).where((offering) => {
    const cost = real(compared, offering);
    return cost !== none && cost <= most;
  });
}

/** The cost of one offering with its bounds, or why it has none. */
export function costOfOffering(
  columns: MatrixColumns,
  offering: number,
  measures: Measures,
  scenario: Scenario,
): OfferingCost {
  const { prices } = columns.offerings;
  return offeringCost(
    partsOf(prices.from, offering).map((row) => priceAt(prices, row)),
    measures,
    scenario,
  );
}

function isSame(a: Scenario, b: Scenario): boolean {
  return a.schools === b.schools && a.teachers === b.teachers && a.students === b.students && a.days === b.days;
}

/** The formula stands in one place, `shared/catalogue/cost.ts`, so a row goes back into its shape. */
function priceAt(prices: PriceColumns, row: number): Price {
  const unit = prices.units[int(prices.unit, row)];
  if (unit === undefined || !isTermId(unit)) throw new Error(`Price ${row} of the matrix has no unit.`);
  const cents = (column: Float64Array): Cents | undefined => {
    const amount = real(column, row);
    return isCents(amount) ? amount : undefined;
  };
  const low = cents(prices.low);
  const typical = cents(prices.typical);
  const high = cents(prices.high);
  const outcomePayment = cents(prices.outcomePayment);
  const minimum = cents(prices.minimum);
  const staffHours = real(prices.staffHours, row);
  return {
    unit,
    ...(low === undefined ? {} : { low }),
    ...(typical === undefined ? {} : { typical }),
    ...(high === undefined ? {} : { high }),
    ...(outcomePayment === undefined ? {} : { outcomePayment }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(staffHours === none ? {} : { staffHours }),
  };
}

/** The snapshot was written from parsed listings; these only tell the compiler what that means. */
function isTermId(text: string): text is TermId {
  return text !== '';
}

function isCents(amount: number): amount is Cents {
  return amount >= 0;
}

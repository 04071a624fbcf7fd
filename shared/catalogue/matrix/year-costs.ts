import { given } from '../../kernel/given.ts';
import type { TermId } from '../../kernel/ids.ts';
import type { Cents } from '../../kernel/money.ts';
import type { Scenario } from '../../programs/program.ts';
import { offeringCost, type Measures, type OfferingCost } from '../cost.ts';
import type { Price } from '../model.ts';
import { highOf, int, none, partsOf, typicalOf, valueAt, type MatrixColumns, type PriceColumns } from './columns.ts';
import { lastPerSnapshot } from './per-snapshot.ts';

export interface YearCosts {
  readonly scenario: Scenario;
  readonly measures: Measures;
  /** By offering, the amount in cents by which it is compared; `none` where no price can be turned. */
  readonly compared: Float64Array;
}

/** Works out `compared` for every offering. */
export type Compare = (columns: MatrixColumns, measures: Measures, scenario: Scenario) => Float64Array;

/** What each offering costs in one year of a scenario. */
export const yearCosts = lastPerSnapshot(
  (
    columns: MatrixColumns,
    { measures, scenario, compare }: Pick<YearCosts, 'measures' | 'scenario'> & { compare?: Compare | undefined },
  ): YearCosts => ({ scenario, measures, compared: (compare ?? compareEach)(columns, measures, scenario) }),
  (known, asked) => known.measures === asked.measures && isSame(known.scenario, asked.scenario),
);

function compareEach(columns: MatrixColumns, measures: Measures, scenario: Scenario): Float64Array {
  return Float64Array.from(columns.offerings.service, (_, offering) => {
    const answer = costOfOffering(columns, offering, measures, scenario);
    return 'cost' in answer ? answer.cost.compared : none;
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
  const cents = (amount: number): Cents | undefined => (isCents(amount) ? amount : undefined);
  const staffHours = valueAt(prices.staffHours, row);
  return {
    unit,
    ...given('low', cents(valueAt(prices.low, row))),
    ...given('typical', cents(typicalOf(prices, row))),
    ...given('high', cents(highOf(prices, row))),
    ...given('outcomePayment', cents(valueAt(prices.outcomePayment, row))),
    ...given('minimum', cents(valueAt(prices.minimum, row))),
    ...given('staffHours', staffHours === none ? undefined : staffHours),
  };
}

/** The snapshot was written from parsed listings; these only tell the compiler what that means. */
export function isTermId(text: string): text is TermId {
  return text !== '';
}

function isCents(amount: number): amount is Cents {
  return amount >= 0;
}

import type { TermId } from '../../kernel/ids.ts';
import type { Cents } from '../../kernel/money.ts';
import type { CostMeasure, Scenario } from '../../programs/program.ts';
import { highestCost, offeringCost, quantityFor, type Measures, type OfferingCost } from '../cost.ts';
import type { Price } from '../model.ts';
import { int, none, partsOf, real, type MatrixColumns, type PriceColumns } from './columns.ts';
import { lastPerSnapshot } from './per-snapshot.ts';

export interface YearCosts {
  readonly scenario: Scenario;
  readonly measures: Measures;
  /** By offering, the amount in cents by which it is compared; `none` where no price can be turned. */
  readonly compared: Float64Array;
}

/** What each offering costs in one year of a scenario. */
export const yearCosts = lastPerSnapshot(
  (
    { offerings }: MatrixColumns,
    { measures, scenario }: { readonly measures: Measures; readonly scenario: Scenario },
  ): YearCosts => {
    const { prices } = offerings;
    const units = prices.units.map((unit) => {
      const measure = isTermId(unit) ? measures.get(unit) : undefined;
      if (measure === undefined) throw new Error(`The program has no cost unit ${unit}.`);
      return { measure, quantity: quantityFor(measure, scenario) };
    });
    const compared = new Float64Array(offerings.service.length);
    for (let offering = 0; offering < compared.length; offering += 1) {
      const end = int(prices.from, offering + 1);
      let lowest = Number.POSITIVE_INFINITY;
      for (let price = int(prices.from, offering); price < end; price += 1) {
        const unit = units[int(prices.unit, price)];
        if (unit?.quantity === undefined) continue;
        const amount = comparedAmount(prices, price, unit.measure, unit.quantity);
        if (amount !== none && amount < lowest) lowest = amount;
      }
      compared[offering] = lowest === Number.POSITIVE_INFINITY ? none : lowest;
    }
    return { scenario, measures, compared };
  },
  (known, asked) => known.measures === asked.measures && isSame(known.scenario, asked.scenario),
);

/**
 * `compared` of `costOf` in `shared/catalogue/cost.ts`, for a price that stands in columns: the same
 * formula without an object a price, for it is worked out for every price when the scenario changes.
 * A test holds the two together.
 */
function comparedAmount(prices: PriceColumns, price: number, measure: CostMeasure, quantity: number): number {
  let low = real(prices.low, price);
  let typical = real(prices.typical, price);
  let high = real(prices.high, price);
  if (measure === 'ceiling') {
    high = firstKnown(high, firstKnown(typical, low));
    low = none;
    typical = none;
  } else if (measure === 'contingent') {
    const outcome = real(prices.outcomePayment, price);
    low = firstKnown(low, typical);
    if (outcome !== none) high = Math.max(Math.max(firstKnown(low, high), 0) + outcome, typical, high);
  }
  const least = Math.max(real(prices.minimum, price), 0);
  if (low !== none) low = Math.max(low * quantity, least);
  if (typical !== none) typical = Math.max(typical * quantity, least);
  if (high !== none) high = Math.max(high * quantity, least);
  if (low > highestCost || typical > highestCost || high > highestCost) return none;
  if (typical !== none) return typical;
  if (low !== none && high !== none) return Math.round((low + high) / 2);
  return firstKnown(high, low);
}

function firstKnown(first: number, second: number): number {
  return first === none ? second : first;
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

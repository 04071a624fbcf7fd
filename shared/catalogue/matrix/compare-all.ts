import type { CostMeasure, Scenario } from '../../programs/program.ts';
import { highestCost, quantityFor, type Measures } from '../cost.ts';
import { highOf, int, none, typicalOf, valueAt, type MatrixColumns, type PriceColumns } from './columns.ts';
import { isTermId } from './year-costs.ts';

/** Many offerings at once, without an object for each. */
export function compareAll({ offerings }: MatrixColumns, measures: Measures, scenario: Scenario): Float64Array {
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
  return compared;
}

/**
 * `compared` of `costOf` in `shared/catalogue/cost.ts`, for a price that stands in columns: the same
 * formula without an object a price, for it is worked out for every price when the scenario changes.
 * A test holds the two together.
 */
function comparedAmount(prices: PriceColumns, price: number, measure: CostMeasure, quantity: number): number {
  let low = valueAt(prices.low, price);
  let typical = typicalOf(prices, price);
  let high = highOf(prices, price);
  if (measure === 'ceiling') {
    high = firstKnown(high, firstKnown(typical, low));
    low = none;
    typical = none;
  } else if (measure === 'contingent') {
    const outcome = valueAt(prices.outcomePayment, price);
    low = firstKnown(low, typical);
    if (outcome !== none) high = Math.max(Math.max(firstKnown(low, high), 0) + outcome, typical, high);
  }
  const least = Math.max(valueAt(prices.minimum, price), 0);
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

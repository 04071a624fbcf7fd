import type { TermId } from '../kernel/ids.ts';
import type { Cents } from '../kernel/money.ts';
import type { CostMeasure, Program, Scenario } from '../programs/program.ts';
import type { Price } from './model.ts';

/**
 * One year's cost of a price for one district, so that a day rate and a price per school can be
 * compared. No schema library is imported, so that the browser can work it out too.
 *
 * The fee and the district's own staff time are kept apart and both shown. Coaching was measured at
 * $3,260 to $5,220 a teacher in 2009–10 where its developers quoted $2,298: paid teacher time is the
 * main cost that budgets leave out (D. S. Knight, "Assessing the cost of instructional coaching",
 * Journal of Education Finance 38(1), 2012, 52–80).
 */

/** A figure of the scenario that a price can be multiplied by. */
export type ScenarioFigure = keyof Scenario;

export interface Assumption {
  readonly factor: ScenarioFigure;
  readonly quantity: number;
}

/** Bounds that the price does not state are absent. Money in cents, staff time in hours, for one year. */
export interface YearCost {
  readonly low?: Cents;
  readonly typical?: Cents;
  readonly high?: Cents;
  /** The one amount by which prices are compared with a budget and with each other. */
  readonly compared: Cents;
  /** Which amount `compared` is; `midpoint` is half way between low and high, rounded to the cent. */
  readonly comparedBy: 'typical' | 'midpoint' | 'low' | 'high';
  /** True where the least that is billed is more than the quantity alone would cost. */
  readonly minimumApplies: boolean;
  /** Hours of the district's own staff, beside the fee. */
  readonly staffHours?: number;
  /** What the unit was multiplied by; empty where a price holds for the whole year whatever the size. */
  readonly assumptions: readonly Assumption[];
}

/** Why a price has no year's cost: the scenario lacks a figure, or the result is above what we count. */
export type CannotTurn = { readonly missing: ScenarioFigure } | { readonly beyond: 'limit' };

/** What each measure multiplies by; null where the price holds for the year as it stands. */
const factors = {
  day: 'days',
  school: 'schools',
  teacher: 'teachers',
  student: 'students',
  once: null,
  ceiling: null,
  contingent: null,
} as const satisfies Readonly<Record<CostMeasure, ScenarioFigure | null>>;

interface Bounds<T> {
  readonly low?: T | undefined;
  readonly typical?: T | undefined;
  readonly high?: T | undefined;
}

/** What the price's bounds mean for one unit, by its measure; see `costOf`. */
function boundsOf(price: Price, measure: CostMeasure): Bounds<number> {
  const { low, typical, high, outcomePayment } = price;
  if (measure === 'ceiling') return { high: high ?? typical ?? low };
  if (measure !== 'contingent') return { low, typical, high };
  const base = low ?? typical;
  if (outcomePayment === undefined) return { low: base, typical, high };
  return { low: base, typical, high: Math.max((base ?? high ?? 0) + outcomePayment, typical ?? 0, high ?? 0) };
}

/** The same limit as `cents` of the kernel, which would bring the schema library along. */
export const highestCost = 100_000_000_000;

function isCents(amount: number): amount is Cents {
  return Number.isSafeInteger(amount) && amount >= 0 && amount <= highestCost;
}

function isWithinLimit(amount: number | undefined): amount is Cents | undefined {
  return amount === undefined || isCents(amount);
}

function compare({ low, typical, high }: Bounds<Cents>): Pick<YearCost, 'compared' | 'comparedBy'> {
  if (typical !== undefined) return { compared: typical, comparedBy: 'typical' };
  if (low !== undefined && high !== undefined) {
    const midpoint = Math.round((low + high) / 2);
    // Always true; it tells the compiler so.
    if (isCents(midpoint)) return { compared: midpoint, comparedBy: 'midpoint' };
  }
  if (high !== undefined && low === undefined) return { compared: high, comparedBy: 'high' };
  if (low !== undefined) return { compared: low, comparedBy: 'low' };
  throw new Error('A price gives at least one of low, typical and high.');
}

type Turned = { readonly quantity: number; readonly assumptions: readonly Assumption[] } | CannotTurn;

/** What a price of this measure is multiplied by; undefined where the scenario lacks the figure. */
export function quantityFor(measure: CostMeasure, scenario: Scenario): number | undefined {
  const factor = factors[measure];
  return factor === null ? 1 : scenario[factor];
}

function quantityOf(measure: CostMeasure, scenario: Scenario): Turned {
  const factor = factors[measure];
  if (factor === null) return { quantity: 1, assumptions: [] };
  const quantity = quantityFor(measure, scenario);
  return quantity === undefined ? { missing: factor } : { quantity, assumptions: [{ factor, quantity }] };
}

/**
 * What one year of `scenario` costs at `price`. By measure, for each bound that the price states:
 *
 * - day, school, teacher, student: bound × days, schools, teachers, students;
 * - once (a district, a fixed price, a participation fee): the bound as it stands;
 * - ceiling: the stated amount is the high end; low and typical are unknown;
 * - contingent: the base (low, else typical) is the low end, and base + outcome payment the high end,
 *   or a stated bound above that; typical only if stated. Where only an "up to" base is stated, the
 *   high end is that plus the outcome payment, and low is unknown. Without an outcome payment the
 *   high end is the stated one.
 *
 * A known bound below `minimum` is raised to it. Staff hours are multiplied by the same quantity and
 * never added to the fee. `compared` is typical; else half way between low and high; else the one
 * bound that is known. A figure that the scenario lacks is never guessed: the answer names it.
 */
export function costOf(price: Price, measure: CostMeasure, scenario: Scenario): YearCost | CannotTurn {
  const turned = quantityOf(measure, scenario);
  if (!('quantity' in turned)) return turned;
  const { quantity, assumptions } = turned;
  const least = price.minimum ?? 0;
  const year = (bound: number | undefined): number | undefined =>
    bound === undefined ? undefined : Math.max(bound * quantity, least);
  const unit = boundsOf(price, measure);
  const [low, typical, high] = [year(unit.low), year(unit.typical), year(unit.high)];
  if (!isWithinLimit(low) || !isWithinLimit(typical) || !isWithinLimit(high)) return { beyond: 'limit' };
  return {
    ...(low === undefined ? {} : { low }),
    ...(typical === undefined ? {} : { typical }),
    ...(high === undefined ? {} : { high }),
    ...compare({ low, typical, high }),
    minimumApplies: [unit.low, unit.typical, unit.high].some(
      (bound) => bound !== undefined && bound * quantity < least,
    ),
    ...(price.staffHours === undefined ? {} : { staffHours: price.staffHours * quantity }),
    assumptions,
  };
}

export function canTurn(cost: YearCost | CannotTurn): cost is YearCost {
  return 'compared' in cost;
}

/** True where the price is within `most` as compared, yet its high end is above it. */
export function mayExceed(cost: YearCost, most: number): boolean {
  return cost.compared <= most && cost.high !== undefined && cost.high > most;
}

/** The measure of each cost unit of a program. */
export type Measures = ReadonlyMap<TermId, CostMeasure>;

export function measuresOf(program: Pick<Program, 'costUnits'>): Measures {
  return new Map(program.costUnits.map((unit) => [unit.id, unit.measure]));
}

export type OfferingCost =
  | { readonly price: Price; readonly cost: YearCost }
  /** One reason for each price, in their order; empty where no price is published. */
  | { readonly cannot: readonly CannotTurn[] };

/**
 * The year's cost of an offering: of its prices that can be turned, the one lowest by `compared`,
 * the first of equals.
 * @throws Error for a unit that the program does not have: publishing refuses such a price.
 */
export function offeringCost(prices: readonly Price[], measures: Measures, scenario: Scenario): OfferingCost {
  const cannot: CannotTurn[] = [];
  let lowest: { readonly price: Price; readonly cost: YearCost } | undefined;
  for (const price of prices) {
    const measure = measures.get(price.unit);
    if (measure === undefined) throw new Error(`The program has no cost unit ${price.unit}.`);
    const cost = costOf(price, measure, scenario);
    if (!canTurn(cost)) cannot.push(cost);
    else if (lowest === undefined || cost.compared < lowest.cost.compared) lowest = { price, cost };
  }
  return lowest ?? { cannot };
}

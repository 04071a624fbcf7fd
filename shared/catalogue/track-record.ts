import type { Instant } from '../kernel/instants.ts';
import type { TrackRecord } from './model.ts';

/**
 * Goals met of goals agreed, as an estimate with its uncertainty. Two lucky engagements must not
 * stand above twenty good ones, so partners are ranked and filtered by the lower bound.
 */

/** Below this many confirmed goals no figure is shown, only that there are not enough. */
export const minimumConfirmedGoals = 3;

/** The standard normal quantile at 0.95: 5 % are left out on each side of the interval. */
const z = 1.6448536269514722;

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * The Wilson score interval, two-sided 90 %, of the share `met / agreed`, as shares from 0 to 1:
 *
 *     (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n)     with p = met / agreed, n = agreed
 *
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
 * Journal of the American Statistical Association 22 (1927), 209–212. It keeps close to its stated
 * coverage when `n` is small, which is why L. D. Brown, T. T. Cai and A. DasGupta recommend it there
 * ("Interval estimation for a binomial proportion", Statistical Science 16 (2001), 101–133).
 *
 * Nothing agreed says nothing: the interval is then 0 to 1.
 * @throws RangeError for counts that are no whole numbers with 0 ≤ met ≤ agreed.
 */
export function wilsonInterval(met: number, agreed: number): Interval {
  if (!Number.isInteger(met) || !Number.isInteger(agreed) || met < 0 || met > agreed) {
    throw new RangeError(`There is no share of ${met} goals met out of ${agreed} agreed.`);
  }
  if (agreed === 0) return { lower: 0, upper: 1 };
  const share = met / agreed;
  const spread = z * Math.sqrt((share * (1 - share)) / agreed + (z * z) / (4 * agreed * agreed));
  const middle = share + (z * z) / (2 * agreed);
  const scale = 1 + (z * z) / agreed;
  // At 0 and at `agreed` one bound is the share itself; rounding must not push it past that.
  return {
    lower: met === 0 ? 0 : (middle - spread) / scale,
    upper: met === agreed ? 1 : (middle + spread) / scale,
  };
}

/** The lower end of `wilsonInterval`, a share from 0 to 1. */
export function lowerBound(met: number, agreed: number): number {
  return wilsonInterval(met, agreed).lower;
}

/** Shares from 0 to 1 and counts; `known: false` says that there are not enough confirmed results yet. */
export type ShownRecord =
  | { readonly known: false }
  | {
      readonly known: true;
      readonly estimate: number;
      readonly lowerBound: number;
      readonly upperBound: number;
      readonly agreed: number;
      readonly met: number;
      readonly engagements: number;
      readonly latest?: Instant;
    };

/** What may be shown of a record that both sides' confirmations add up to. */
export function trackRecord(record: TrackRecord): ShownRecord {
  const { agreed, met, engagements, latest } = record;
  if (agreed < minimumConfirmedGoals) return { known: false };
  const { lower, upper } = wilsonInterval(met, agreed);
  return {
    known: true,
    estimate: met / agreed,
    lowerBound: lower,
    upperBound: upper,
    agreed,
    met,
    engagements,
    ...(latest === undefined ? {} : { latest }),
  };
}

/** The part of an `impact.result-confirmed` fact that a record counts. */
export interface ConfirmedResult {
  readonly met: boolean;
  /** The engagement's confirmed goals up to this one: 1 says that the engagement is new to the record. */
  readonly number: number;
}

export const emptyRecord: TrackRecord = { agreed: 0, met: 0, engagements: 0 };

/** The record with one more confirmed result. The order in which results arrive does not matter. */
export function withResult(record: TrackRecord, result: ConfirmedResult, at: Instant): TrackRecord {
  return {
    agreed: record.agreed + 1,
    met: record.met + (result.met ? 1 : 0),
    engagements: record.engagements + (result.number === 1 ? 1 : 0),
    latest: record.latest === undefined || record.latest < at ? at : record.latest,
  };
}

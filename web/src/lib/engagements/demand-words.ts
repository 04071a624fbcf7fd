import type { AnswerBucket } from '#shared/engagements/answer-times.ts';
import type { DemandMonth, UnmetNeed } from '#shared/engagements/demand.ts';

export const bucketWords: Readonly<Record<AnswerBucket, string>> = {
  day: 'Within a day',
  'three-days': 'Within three days',
  week: 'Within a week',
  'two-weeks': 'Within two weeks',
  more: 'Later',
};

export const unmetWords: Readonly<Record<UnmetNeed['standing'], string>> = {
  'none-suitable': 'No partner suits',
  'no-offer': 'Nobody was interested',
  undecided: 'There are offers; the district has not decided',
};

/** `2027-01` as `Jan 2027`. */
export function monthWords(month: string): string {
  return new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', month: 'short', year: 'numeric' }).format(
    Date.parse(`${month}-01T00:00:00.000Z`),
  );
}

/** Hours as a person says them: `14 hours`, `3.5 days`. */
export function hoursWords(hours: number): string {
  if (hours < 48) return hours === 1 ? '1 hour' : `${Math.round(hours)} hours`;
  return `${(hours / 24).toLocaleString('en-US', { maximumFractionDigits: 1 })} days`;
}

/** The mean time to a first answer; undefined where there was none. */
export function meanHours(months: readonly Pick<DemandMonth, 'answers' | 'hours'>[]): number | undefined {
  const answers = months.reduce((sum, one) => sum + one.answers, 0);
  return answers === 0 ? undefined : months.reduce((sum, one) => sum + one.hours, 0) / answers;
}

export interface Count {
  readonly id: string;
  readonly count: number;
}

/** Counts by reason over all months, the most frequent first. */
export function summed(counts: readonly Readonly<Record<string, number | undefined>>[]): readonly Count[] {
  const sums = new Map<string, number>();
  for (const one of counts) {
    for (const [id, count] of Object.entries(one)) sums.set(id, (sums.get(id) ?? 0) + (count ?? 0));
  }
  return [...sums]
    .filter(([, count]) => count !== 0)
    .map(([id, count]) => ({ id, count }))
    .toSorted((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
}

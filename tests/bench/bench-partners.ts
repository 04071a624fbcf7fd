import { organizationId, programId, termId } from '#shared/kernel/ids.ts';
import { instant, zone } from '#shared/kernel/instants.ts';
import { approval, finding, offering, site } from '#shared/catalogue/model.ts';
import type { MatrixPartner } from '#shared/catalogue/matrix/partner.ts';
import type { MatrixTerms } from '#shared/catalogue/matrix/terms.ts';
import { gradeOrder } from '#shared/programs/grades.ts';

/** Invented partners for the bench: the same for the same seed, alike in size and spread to a state's. */

export const at = instant.parse('2027-03-01T12:00:00.000Z');
const nextSchoolYear = instant.parse('2027-07-01T04:00:00.000Z');
export const meta = { program: programId.parse('bench'), builtAt: at, zone: zone.parse('America/Chicago') };

/** A generator of numbers from 0 to 1, the same for the same seed (mulberry32, T. Ettinger, public domain). */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const list = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${prefix}-${n + 1}`);

/** What partners are described with. */
export type BenchVocabulary = Pick<MatrixTerms, 'areas' | 'conditions' | 'services' | 'populations' | 'outcomes'> & {
  /** The unit of a price and what is usual for it, in cents. */
  readonly prices: Readonly<Record<string, number>>;
};

const ownVocabulary: BenchVocabulary = {
  areas: list('area', 5),
  conditions: list('condition', 11),
  services: list('service', 20),
  populations: list('population', 6),
  outcomes: list('outcome', 10),
  prices: { day: 150_000, school: 1_200_000, fixed: 3_000_000 },
};
const districts = list('district', 120);
const regions = list('region', 8);

export const terms: MatrixTerms = {
  ...ownVocabulary,
  funds: [{ id: 'title-funds' }, { id: 'improvement-funds', tierAtMost: 3 }],
  measures: new Map([
    [termId.parse('day'), 'day'],
    [termId.parse('school'), 'school'],
    [termId.parse('fixed'), 'once'],
  ]),
  exampleScenario: { schools: 3, teachers: 90, students: 1_200, days: 12 },
};

export class Random {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = numbersFrom(seed);
  }

  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  chance(share: number): boolean {
    return this.#next() < share;
  }

  one<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error('There is nothing to choose from.');
    return value;
  }

  /** The first of the values as they would be shuffled; only these are put in order, for there are 120 districts. */
  some<T>(values: readonly T[], least: number, most: number): T[] {
    const keys = Float64Array.from(values, () => this.#next());
    const count = Math.min(values.length, least + this.below(most - least + 1));
    return Array.from({ length: count }, () => {
      let first = 0;
      for (let place = 1; place < keys.length; place += 1) if ((keys[place] ?? 0) < (keys[first] ?? 0)) first = place;
      keys[first] = 2;
      return values[first];
    }).filter((value) => value !== undefined);
  }

  shuffled<T>(values: readonly T[]): T[] {
    return values
      .map((value) => ({ value, key: this.#next() }))
      .sort((a, b) => a.key - b.key)
      .map(({ value }) => value);
  }
}

const syllables =
  'ba ce di for gra hen in jo ka lin mer no or pa qui ra sto tra un ver wil ex ya zen al con pro re sub tion ment ing able ist'.split(
    ' ',
  );

/**
 * Text of made-up words, the first of them far more frequent than the last as in any language. It
 * holds no phrases, so it compresses worse than a real description.
 */
function writer(random: Random) {
  const words = Array.from({ length: 1_600 }, () =>
    Array.from({ length: 1 + random.below(3) }, () => random.one(syllables)).join(''),
  );
  return (count: number): string =>
    Array.from(
      { length: count },
      () => words[Math.floor(words.length ** Math.sqrt(random.below(10_000) / 10_000)) - 1] ?? 'the',
    ).join(' ');
}

function spanOfGrades(random: Random): (typeof gradeOrder)[number][] {
  const first = random.below(gradeOrder.length - 3);
  return gradeOrder.slice(first, first + 3 + random.below(6));
}

/**
 * @param alike whether all approvals, offerings and findings of a partner have the same facts. Only
 * then can a library that knows no rows within a partner give the same answers as the engine.
 */
export function benchPartners(
  count: number,
  { seed, alike, vocabulary = ownVocabulary }: { seed: number; alike: boolean; vocabulary?: BenchVocabulary },
): readonly MatrixPartner[] {
  const random = new Random(seed);
  const write = writer(random);
  return Array.from({ length: count }, (_, n) => {
    const id = organizationId.parse(`partner-${n}`);
    const areas = random.some(vocabulary.areas, 1, 3);
    /** Draws once for the partner where its rows are to be alike, else once a row. */
    const drawn = <T>(draw: () => T): (() => T) => {
      if (!alike) return draw;
      const value = draw();
      return () => value;
    };
    const life = drawn(() => random.below(10));
    const offered = {
      areas: drawn(() => (alike || random.chance(0.6) ? areas : random.some(areas, 1, 2))),
      grades: drawn(() => spanOfGrades(random)),
      conditions: drawn(() => random.some(vocabulary.conditions, 0, 2)),
      prices: drawn(() => pricesOf(random, vocabulary.prices)),
    };
    const found = {
      tier: drawn(() => 1 + random.below(5)),
      populations: drawn(() => random.some(vocabulary.populations, 1, 2)),
      outcomes: drawn(() => random.some(vocabulary.outcomes, 1, 2)),
      effect: drawn(() => random.one(['positive', 'positive', 'positive', 'mixed', 'none'])),
    };
    const agreed = random.chance(0.3) ? random.below(3) : 3 + random.below(40);
    return {
      id,
      name: `${write(2)} ${random.one(['Partners', 'Institute', 'Center', 'Learning', 'Network'])}`,
      summary: write(35).slice(0, 280).trim(),
      text: [write(70)],
      claimed: random.chance(0.8),
      approvals: areas.map((area) => approvalOf(id, area, life())),
      offerings: random.some(vocabulary.services, 1, 3).map((service, index) =>
        offering.parse({
          id: `offering-${index}`,
          name: write(3),
          service,
          areas: offered.areas(),
          grades: offered.grades(),
          conditions: offered.conditions(),
          prices: offered.prices(),
        }),
      ),
      findings: Array.from({ length: random.below(3) }, (_each, index) => {
        const tier = found.tier();
        return finding.parse({
          id: `finding-${index}`,
          study: 'A study',
          source: { title: 'A report' },
          design: 'randomized',
          outcomes: found.outcomes(),
          populations: found.populations(),
          effect: found.effect(),
          ...(tier > 4 ? {} : { tier: { atLeast: tier, atMost: tier } }),
        });
      }),
      sites: random
        .some(districts, 1, 5)
        .map((district) =>
          site.parse({ label: district, district, region: regions[districts.indexOf(district) % regions.length] }),
        ),
      ...(random.chance(0.7)
        ? {
            capacity: {
              clientsAtMost: 3 + random.below(8),
              clientsNow: random.below(9),
              clientsNext: 0,
              nextYear: nextSchoolYear,
            },
          }
        : {}),
      record: {
        agreed,
        met: Math.max(0, agreed - random.below(1 + agreed / 3)),
        engagements: Math.ceil(agreed / 3),
        ...(agreed === 0 ? {} : { latest: instant.parse(`2026-0${1 + random.below(9)}-15T15:00:00.000Z`) }),
      },
    };
  });
}

function approvalOf(partner: MatrixPartner['id'], area: string, life: number) {
  const year = 2024 + (life % 3);
  return approval.parse({
    program: meta.program,
    partner,
    area,
    granted: `${year}-07-01T05:00:00.000Z`,
    ends: `${year + (life === 0 ? 1 : 3)}-07-01T04:59:59.999Z`,
    ...(life === 1 ? { conditions: [{ text: 'A condition.', from: '2026-09-01T05:00:00.000Z' }] } : {}),
    ...(life === 2 ? { suspensions: [{ from: '2027-01-15T05:00:00.000Z', reason: 'reason' }] } : {}),
  });
}

function pricesOf(random: Random, prices: BenchVocabulary['prices']) {
  const unit = random.one([...Object.keys(prices), 'none']);
  const typical = prices[unit];
  if (typical === undefined) return [];
  const low = typical + 5_000 * random.below(400);
  return [{ unit, low, typical: low + 100_000, high: low + 500_000, staffHours: 4 + random.below(20) }];
}

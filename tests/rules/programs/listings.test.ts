import { describe, expect, test } from 'vitest';
import { source, type Source } from '#shared/catalogue/model.ts';
import { importedListing, importedListings } from '#shared/catalogue/imported-listing.ts';
import { areasOf } from '#shared/programs/areas.ts';
import { readDistricts } from '#shared/programs/roster.ts';
import { programOf, programText } from './program-files.ts';

const ma = programOf('ma');
const listings = importedListings.parse(JSON.parse(programText('ma', 'listings.json')));
const approved = listings.filter((one) => one.approvals.length > 0);

function listingOf(partner: string) {
  const found = listings.find((one) => one.partner === partner);
  if (found === undefined) {
    throw new Error(`There is no listing of ${partner}.`);
  }
  return found;
}

function ids(terms: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(terms.map((one) => one.id));
}

test('four of the 29 organizations are approved, as published, and never with dates nobody published', () => {
  expect(listings).toHaveLength(29);
  expect(
    approved.map((one) => [one.partner, ...one.approvals.map((each) => [each.area, each.asPublished?.year])]),
  ).toEqual([
    ['achievement-network', ['high-quality-core-instruction', 'about 2018']],
    ['barr', ['school-climate-sel', 'about 2018']],
    ['city-connects', ['social-emotional-health', '2011']],
    ['bay-state-reading-institute', [undefined, undefined]],
  ]);
  for (const { approvals } of approved) {
    expect(approvals.every((one) => one.granted === undefined && one.ends === undefined)).toBe(true);
  }
});

test('the other 25 have a documented role with its source, and no area', () => {
  const others = listings.filter((one) => one.approvals.length === 0);
  expect(others).toHaveLength(25);
  for (const { partner, documentedRole, content } of others) {
    expect([partner, documentedRole?.source?.title]).toEqual([partner, expect.any(String)]);
    expect(content.offerings.flatMap((one) => one.areas)).toEqual([]);
  }
  expect(approved.every((one) => one.documentedRole === undefined)).toBe(true);
});

test('no listing carries a contact, a capacity or a record', () => {
  for (const one of listings) {
    expect(one.content.contact).toBeUndefined();
    expect(one.content.capacity).toBeUndefined();
    expect(importedListing.safeParse({ ...one, record: { agreed: 1, met: 1, engagements: 1 } }).success).toBe(false);
  }
});

test('every term that a listing uses is one of the program’s', () => {
  const known = {
    areas: ids(areasOf(ma)),
    conditions: ids(ma.conditions),
    services: ids(ma.serviceTypes),
    units: ids(ma.costUnits),
    outcomes: ids(ma.outcomes),
    populations: ids(ma.populations),
    regions: ids(ma.regions),
  };
  for (const { content, approvals } of listings) {
    const { offerings, findings, sites } = content;
    const used = {
      areas: [...offerings.flatMap((one) => one.areas), ...approvals.flatMap((one) => one.area ?? [])],
      conditions: offerings.flatMap((one) => one.conditions),
      services: offerings.map((one) => one.service),
      units: offerings.flatMap((one) => one.prices.map((price) => price.unit)),
      outcomes: findings.flatMap((one) => one.outcomes),
      populations: findings.flatMap((one) => one.populations),
      regions: sites.flatMap((one) => one.region ?? []),
    };
    for (const kind of ['areas', 'conditions', 'services', 'units', 'outcomes', 'populations', 'regions'] as const) {
      expect(used[kind].filter((term) => !known[kind].has(term))).toEqual([]);
    }
  }
});

test('a site in a Massachusetts district points at a district of the roster', () => {
  const districts = readDistricts(programText('ma', 'districts.csv'));
  const known = ids(districts.ok ? districts.value : []);
  const named = listings.flatMap((one) => one.content.sites.flatMap((site) => site.district ?? []));
  expect(named).toContain('springfield-02810000');
  expect(named.filter((id) => !known.has(id))).toEqual([]);
});

describe('findings', () => {
  test('only the state’s star has a tier, 1 to 3, for no stated outcome', () => {
    const rated = listings.flatMap((one) =>
      one.content.findings.filter((each) => each.tier !== undefined).map((each) => ({ partner: one.partner, ...each })),
    );
    expect(rated.map((one) => one.partner)).toEqual(['achievement-network', 'barr']);
    for (const one of rated) {
      expect(one).toMatchObject({
        study: 'Listed by the state within ESSA tiers 1–3',
        tier: { atLeast: 1, atMost: 3 },
        effect: 'not-stated',
        outcomes: [],
      });
    }
  });

  test('the randomized study without an effect on achievement stands beside the star', () => {
    const { findings } = listingOf('achievement-network').content;
    expect(findings.find((one) => one.design === 'randomized')).toMatchObject({
      effect: 'none',
      outcomes: ['achievement'],
    });
    expect(findings.find((one) => one.id === 'state-note-students')?.effect).toBe('none');
  });

  test('significance is told only where a source tells it', () => {
    const significant = listings.flatMap((one) => one.content.findings.filter((each) => each.significant === true));
    expect(significant.map((one) => one.outcomes[0])).toEqual([
      'grade-point-average',
      'course-credits',
      'passing-courses',
    ]);
  });
});

test('only the documented prices stand there, each with its source', () => {
  const prices = listings.flatMap((one) =>
    one.content.offerings.flatMap((each) => each.prices.map((price) => ({ partner: one.partner, ...price }))),
  );
  expect(prices.map((one) => [one.partner, one.unit, one.typical ?? one.high])).toEqual([
    ['playworks', 'student', 18_500],
    ['collins-center', 'participation-fee', 50_000],
    ['consortium-for-educational-change', 'school-year', 990_000],
    ['carnegie-learning', 'day', 330_000],
    ['carnegie-learning', 'day', 342_500],
    ['carnegie-learning', 'day', 350_000],
    ['carnegie-learning', 'school-year', 2_500_003],
    ['carnegie-learning', 'school-year', 3_500_000],
    ['avid', 'ceiling', 17_500_000],
    ['partnership-for-resilience', 'school-year', 3_521_200],
  ]);
  expect(prices.filter((one) => one.source?.url === undefined || one.includes === undefined)).toEqual([]);
});

/** Every source that stands anywhere in a value. */
function sourcesIn(value: unknown): readonly Source[] {
  if (Array.isArray(value)) return value.flatMap(sourcesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name === 'source') return source.parse(inner);
    return name === 'sources' ? source.array().parse(inner) : sourcesIn(inner);
  });
}

test('every source says when it was read, so that one without a date has an age', () => {
  const sources = sourcesIn(listings);
  expect(sources).toHaveLength(224);
  expect(sources.filter((one) => one.read !== '2026-11')).toEqual([]);
});

test('two listings of one organization are refused', () => {
  const [first] = listings;
  expect(importedListings.safeParse([first, first]).error?.issues[0]?.message).toContain('same organization');
});

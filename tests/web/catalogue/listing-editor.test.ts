import { describe, expect, test } from 'vitest';
import { draftChanges } from '#lib/catalogue/editing/draft-changes.ts';
import { withValueAt } from '#lib/catalogue/editing/content-path.ts';
import { entryAddress, entryId, entryPlace, partOf } from '#lib/catalogue/editing/entry-place.ts';
import type { EntryKind } from '#lib/catalogue/editing/entry-fields.ts';
import { listing, listingContent, type ListingContent } from '#shared/catalogue/model.ts';
import { termId } from '#shared/kernel/ids.ts';
import { cents } from '#shared/kernel/money.ts';
import { listings, maProgram } from './facts.ts';

const first = listings.find(({ content }) => content.findings.length > 1);
if (first === undefined) throw new Error('No listing has several findings.');
const unit = maProgram.costUnits[0]?.id ?? termId.parse('day');
const content: ListingContent = listingContent.parse({
  ...first.content,
  offerings: first.content.offerings.map((one, index) =>
    index === 0 ? { ...one, prices: [{ unit, low: cents.parse(100) }] } : one,
  ),
});
const published = listing.parse({
  program: 'ma',
  partner: first.partner,
  content,
  claimed: true,
  publishedAt: '2026-01-01T00:00:00.000Z',
});
const offering = content.offerings[0]?.id ?? '';
const finding = content.findings[1]?.id ?? '';

/** An entry that the schema takes. */
function entryFor(kind: EntryKind): unknown {
  switch (kind) {
    case 'about':
      return content;
    case 'contact':
      return { label: 'Office' };
    case 'offerings':
      return { ...content.offerings[0], id: 'fresh' };
    case 'findings':
      return { ...content.findings[0], id: 'fresh' };
    case 'prices':
      return { unit, low: 100 };
    case 'claims':
      return { text: 'A claim' };
    default:
      return { label: 'Springfield' };
  }
}

describe('the address of a part of a listing', () => {
  test('leads to what it names', () => {
    expect(entryPlace('about', content)).toMatchObject({ kind: 'about', path: [], state: 'there' });
    expect(entryPlace('capacity', content)).toMatchObject({ path: ['capacity'], state: 'new' });
    expect(entryPlace(`findings/${finding}`, content)).toMatchObject({ path: ['findings', 1], state: 'there' });
    expect(entryPlace('sites/0', content)).toMatchObject({ path: ['sites', 0], state: 'there' });
    expect(entryPlace(`offerings/${offering}/prices/0`, content)).toMatchObject({
      path: ['offerings', 0, 'prices', 0],
      state: 'there',
      back: `/offerings/${offering}`,
    });
  });

  test('adds behind the others', () => {
    expect(entryPlace('offerings/new', content)).toMatchObject({
      path: ['offerings', content.offerings.length],
      state: 'new',
    });
    expect(entryPlace(`offerings/${offering}/prices/new`, content)).toMatchObject({
      path: ['offerings', 0, 'prices', 1],
    });
  });

  test('of an entry that somebody removed keeps a place for what was typed', () => {
    expect(entryPlace('offerings/gone', content)).toMatchObject({
      path: ['offerings', content.offerings.length],
      state: 'removed',
      id: 'gone',
    });
    expect(entryPlace('claims/9', content)).toMatchObject({
      path: ['claims', content.claims.length],
      state: 'removed',
    });
  });

  test.each([
    '',
    'nothing',
    'about/0',
    'sites',
    'sites/x',
    'offerings/NO',
    'offerings/gone/prices/0',
    `offerings/${offering}/prices`,
    'a/b/c/d/e',
  ])('%j names none', (words) => {
    expect(entryPlace(words, content)).toBeUndefined();
  });

  test.each([
    'about',
    'contact',
    'offerings/new',
    'findings/new',
    'claims/new',
    'sites/0',
    `offerings/${offering}/prices/new`,
  ])('of %s leads to it once it is stored', (words) => {
    const place = entryPlace(words, content);
    if (place === undefined) throw new Error('There is such a part.');
    const stored = listingContent.parse(withValueAt(content, place.path, entryFor(place.kind)));
    expect(entryPlace(entryAddress(place, entryFor(place.kind)), stored)).toMatchObject({
      kind: place.kind,
      path: place.path,
      state: 'there',
    });
  });

  test('is found for the field that was refused', () => {
    expect(partOf('offerings.0.service', content)).toBe(`/offerings/${offering}`);
    expect(partOf('offerings.0.prices.0.unit', content)).toBe(`/offerings/${offering}/prices/0`);
    expect(partOf('findings.1.outcomes', content)).toBe(`/findings/${finding}`);
    expect(partOf('summary', content)).toBe('/about');
  });

  test('of a new offering comes from its name and is not taken', () => {
    expect(entryId('Coaching: grades K–5', [])).toBe('coaching-grades-k-5');
    expect(entryId('Coaching', ['coaching', 'coaching-2'])).toBe('coaching-3');
    expect(entryId('new', [])).toBe('new-2');
    expect(termId.safeParse(entryId('数学', [])).success).toBe(true);
    expect(termId.safeParse(entryId('x'.repeat(200), [])).success).toBe(true);
  });
});

describe('what publishing would change', () => {
  test('is nothing where the draft says what is published', () => {
    expect(draftChanges(published, structuredClone(content), maProgram)).toEqual([]);
  });

  test('reads as the change log will', () => {
    const next = listingContent.parse({
      ...content,
      summary: 'Another summary.',
      findings: content.findings.slice(1),
      offerings: content.offerings.map((one) =>
        one.id === offering ? { ...one, prices: [{ unit, low: cents.parse(25_000) }] } : one,
      ),
    });
    const changes = draftChanges(published, next, maProgram);
    expect(changes).toContainEqual({ field: 'Summary', before: content.summary, after: 'Another summary.' });
    expect(changes.find(({ field }) => field.startsWith('Finding “'))).toMatchObject({ before: expect.any(String) });
    expect(changes.find(({ field }) => field.endsWith(': prices'))?.after).toContain('$250');
    expect(changes).toHaveLength(3);
  });
});

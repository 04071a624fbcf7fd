import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldsOf, type EntryKind } from '#lib/catalogue/editing/entry-fields.ts';
import { problemsOf, readable, readEntry, typedEntry, type EntryField } from '#lib/catalogue/editing/entry-field.ts';
import { listingContent, type ListingContent } from '#shared/catalogue/model.ts';
import { valueAt, withoutAt, withValueAt } from '#lib/catalogue/editing/content-path.ts';
import { demoProgram, listings, maProgram } from './facts.ts';

function typed(values: Readonly<Record<string, string | readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? [value] : [...value]]),
  );
}

const priceFields = fieldsOf('prices', demoProgram);
const anyUnit = demoProgram.costUnits[0]?.id ?? '';

describe('the form of an entry', () => {
  const entries: readonly [EntryKind, (content: ListingContent) => readonly unknown[]][] = [
    ['about', (content) => [content]],
    ['offerings', (content) => content.offerings],
    ['prices', (content) => content.offerings.flatMap((one) => one.prices)],
    ['findings', (content) => content.findings],
    ['claims', (content) => content.claims],
    ['sites', (content) => content.sites],
    ['sources', (content) => content.sources],
  ];

  test.each(entries)('gives back every published entry of %s as it was', (kind, entriesIn) => {
    const fields = fieldsOf(kind, maProgram);
    const all = listings.flatMap(({ content }) => entriesIn(content));
    expect(all.length).toBeGreaterThan(0);
    for (const entry of all) {
      const { entry: read, problems } = readEntry(fields, typed(typedEntry(fields, entry)), entry);
      expect(problems).toEqual({});
      // An empty description is left out, and the schema puts it back.
      const stored = kind === 'about' ? listingContent.parse(read) : read;
      expect(stored).toEqual(JSON.parse(JSON.stringify(entry)));
    }
  });

  test('keeps what it does not show', () => {
    const fields: readonly EntryField[] = [{ name: 'name', label: 'Name', kind: 'line', longest: 9, needed: 'always' }];
    expect(readEntry(fields, { name: ['New'] }, { id: 'a', name: 'Old', prices: [1] }).entry).toEqual({
      id: 'a',
      name: 'New',
      prices: [1],
    });
  });

  test('reads every amount of cents that it shows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (low) => {
        const shown = typedEntry(priceFields, { unit: anyUnit, low });
        expect(readEntry(priceFields, typed(shown), {})).toEqual({ entry: { unit: anyUnit, low }, problems: {} });
      }),
    );
  });

  test('takes an amount as people write it', () => {
    const read = (low: string) => readEntry(priceFields, typed({ unit: anyUnit, low }), {}).entry;
    expect(read(' $3,500 ')).toMatchObject({ low: 350_000 });
    expect(read('3500.5')).toMatchObject({ low: 350_050 });
  });

  test.each(['lots', '3.500,00', '-1', '1e5', '$'])('refuses the amount %s with a sentence', (low) => {
    expect(readEntry(priceFields, typed({ unit: anyUnit, low }), {}).problems['low']).toMatch(/^Low: write an amount/);
  });

  test('leaves out a group whose fields are empty and needs the rest of one that is begun', () => {
    const fields = fieldsOf('claims', demoProgram);
    const stored = { text: 'A', source: { title: 'T', dated: '2014', read: '2026-11' } };
    expect(readEntry(fields, { text: ['A'] }, stored)).toEqual({ entry: { text: 'A' }, problems: {} });
    expect(readEntry(fields, { text: ['A'], 'source.dated': ['2014'] }, stored).problems).toEqual({
      'source.title': 'Title of the source: this is needed.',
    });
  });

  test('takes only what its choices offer', () => {
    const fields = fieldsOf('offerings', demoProgram);
    const { entry, problems } = readEntry(
      fields,
      { name: ['N'], service: ['nothing-of-ours'], grades: ['6', '99'] },
      {},
    );
    expect(problems).toEqual({ service: 'Service type: choose from the list.' });
    expect(entry).toMatchObject({ grades: ['6'] });
  });

  test.each([
    ['website', 'javascript:alert(1)'],
    ['website', 'example.org'],
  ])('refuses the %s %s', (name, value) => {
    const { problems } = readEntry(
      fieldsOf('about', demoProgram),
      { name: ['N'], summary: ['S'], [name]: [value] },
      {},
    );
    expect(problems[name]).toMatch(/begins with http/);
  });

  test('puts a sentence of the schema at its field, and others above', () => {
    const content = listings[0]?.content;
    const path = ['offerings', 0];
    const broken = withValueAt(withValueAt(content, [...path, 'languages'], ['English!']), ['contact'], { label: '' });
    const issues = listingContent.safeParse(broken).error?.issues ?? [];
    const found = problemsOf(issues, path, fieldsOf('offerings', maProgram));
    expect(found.problems).toEqual({ languages: 'Languages: A language is a tag such as en, es or zh-Hant.' });
    expect(found.message).not.toBeUndefined();
  });

  test('shows days and amounts as every page does, and what is neither as it was typed', () => {
    const day: EntryField = { name: 'asOf', label: 'As of', kind: 'day', needed: 'no' };
    const low: EntryField = { name: 'low', label: 'Low', kind: 'money', needed: 'no' };
    expect(readable(day, '2026-11-01')).toBe('Nov 1, 2026');
    expect(readable(low, '3500')).toBe('$3,500');
    expect(readable(low, '3500.50')).toBe('$3,500.50');
    expect([readable(day, 'soon'), readable(low, 'lots'), readable(low, '')]).toEqual(['soon', 'lots', 'nothing']);
  });

  test('asks for the district of a place where there are some, and keeps it where there are none', () => {
    const stored = { label: 'Elm', district: 'elm' };
    const typed = { label: ['Elm'], district: ['oak'] };
    const districts = [{ id: 'oak', name: 'Oak Schools' }];
    expect(readEntry(fieldsOf('sites', demoProgram), typed, stored).entry).toEqual(stored);
    expect(readEntry(fieldsOf('sites', demoProgram, districts), typed, stored).entry).toEqual({
      label: 'Elm',
      district: 'oak',
    });
    expect(readEntry(fieldsOf('sites', demoProgram, []), typed, stored).problems).toEqual({
      district: 'District: choose from the list.',
    });
  });

  test('shows choices by their names', () => {
    const field = fieldsOf('findings', demoProgram).find(({ name }) => name === 'effect');
    expect(field && readable(field, 'none')).toBe('No effect found');
    expect(field && readable(field, '')).toBe('nothing');
  });
});

describe('a place in the content', () => {
  const content = { list: [{ a: 1 }, { a: 2 }], other: 'x' };

  test('is read, replaced, added and removed without touching the original', () => {
    const before = JSON.stringify(content);
    expect(valueAt(content, ['list', 1, 'a'])).toBe(2);
    expect(valueAt(content, ['list', 7, 'a'])).toBeUndefined();
    expect(valueAt(content, ['toString'])).toBeUndefined();
    expect(withValueAt(content, ['list', 0, 'a'], 9)).toEqual({ list: [{ a: 9 }, { a: 2 }], other: 'x' });
    expect(withValueAt(content, ['list', 2], { a: 3 })).toMatchObject({ list: [{ a: 1 }, { a: 2 }, { a: 3 }] });
    expect(withoutAt(content, ['list', 0])).toEqual({ list: [{ a: 2 }], other: 'x' });
    expect(withoutAt(content, ['other'])).toEqual({ list: [{ a: 1 }, { a: 2 }] });
    expect(JSON.stringify(content)).toBe(before);
  });
});

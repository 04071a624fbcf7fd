import { describe, expect, test } from 'vitest';
import { scenarioAddress } from '#lib/catalogue/scenario-words.ts';
import {
  addressOfForm,
  exportHref,
  hrefWith,
  hrefWithout,
  hrefWithUnknownEvidence,
  matrixHref,
  readAddress,
} from '#lib/matrix/address.ts';
import { wordsAfter } from '#lib/matrix/before-click.ts';
import { demo } from './program.ts';

const read = (words: string) => readAddress(new URLSearchParams(words), demo);

describe('the address of the matrix', () => {
  test('takes amounts as people write them', () => {
    expect(read('max=%2460,000&students=1,200').query).toMatchObject({ max: 60_000, scenario: { students: 1200 } });
  });

  test('leaves out what cannot be read, names it, and keeps what was typed', () => {
    const { query, unknown, problems, refused } = read('colour=red&max=much&area=no-such-area&page=1');
    expect(unknown).toEqual(['colour']);
    expect(Object.keys(problems).toSorted()).toEqual(['area', 'max']);
    expect(refused).toEqual({ max: 'much', area: 'no-such-area' });
    expect(query.max).toBeUndefined();
    expect(query.area).toEqual([]);
  });

  test('has no figures but those of the visitor: the example stands in no field', () => {
    expect(read('').query.scenario).toEqual({});
    expect(read('students=1,200').query.scenario).toEqual({ students: 1200 });
  });

  test('that a form makes has no empty words and no defaults, and keeps a value that was refused', () => {
    const form = new URLSearchParams('q=&max=much&areas=&status=active&sort=&capacity=now&days=');
    expect(addressOfForm(demo, form)).toBe('/demo/partners?capacity=now&max=much');
  });

  test.each([
    ['a box ticked', 'grade=6', { type: 'checkbox', name: 'grade', value: '7', checked: false }, 'grade=6&grade=7'],
    ['a box no longer ticked', 'grade=6&q=x', { type: 'checkbox', name: 'grade', value: '6', checked: true }, 'q=x'],
    ['a radio', 'tier=3&q=x', { type: 'radio', name: 'tier', value: '2', checked: false }, 'tier=2&q=x'],
    ['a radio that asks for nothing', 'tier=3&q=x', { type: 'radio', name: 'tier', value: '', checked: false }, 'q=x'],
    [
      'a radio beside the box of those not known',
      'record=50&record=unknown',
      { type: 'radio', name: 'record', value: '60', checked: false },
      'record=60&record=unknown',
    ],
  ])('after the next choice is known before it: %s', (_which, before, choice, words) => {
    const form = new URLSearchParams(before);
    expect(addressOfForm(demo, wordsAfter(form, choice))).toBe(`/demo/partners?${words}`);
    expect(form.toString()).toBe(before);
  });

  test('starts at the first page whenever a filter changes', () => {
    const { query } = read('q=data&page=3&grade=6&grade=7');
    expect(hrefWith('demo', query, 'capacity', 'now')).toBe('/demo/partners?grade=6&grade=7&q=data&capacity=now');
    expect(hrefWithout('demo', query, ['grade'], '6')).toBe('/demo/partners?grade=7&q=data');
    expect(hrefWithout('demo', query, ['grade', 'q'])).toBe('/demo/partners');
    expect(matrixHref('demo', query, 2)).toBe('/demo/partners?grade=6&grade=7&q=data&page=2');
    expect(exportHref('demo', query, 'csv')).toBe('/demo/partners.csv?grade=6&grade=7&q=data');
  });

  test('with those whose evidence is not known asks for the tier that a fund requires, so that nobody else changes', () => {
    const href = (words: string) => hrefWithUnknownEvidence(demo, read(words).query);
    expect(href('fund=title1-1003')).toBe('/demo/partners?fund=title1-1003&tier=3&tier=unknown');
    expect(href('fund=orvale-first-steps&fund=orvale-turnaround&page=2')).toBe(
      '/demo/partners?fund=orvale-first-steps&fund=orvale-turnaround&tier=4&tier=unknown',
    );
    expect(href('fund=title1-1003&tier=2')).toBe('/demo/partners?tier=2&fund=title1-1003&tier=unknown');
    expect(href('tier=2&outcome=reading')).toBe('/demo/partners?tier=2&outcome=reading&tier=unknown');
  });

  test('of a partner carries the figures and nothing else', () => {
    const { query } = read('q=data&schools=2&days=5');
    expect(scenarioAddress('/demo/partners/north', query.scenario)).toBe('/demo/partners/north?schools=2&days=5');
    expect(scenarioAddress('/demo/partners/north', read('q=data').query.scenario)).toBe('/demo/partners/north');
  });
});

import { describe, expect, test } from 'vitest';
import { readAddress } from '#lib/matrix/address.ts';
import { areaAsked, whyNotAsked } from '#lib/matrix/asking.ts';
import { demo } from './program.ts';

const area = (words: string) => areaAsked(demo, readAddress(new URLSearchParams(words), demo).query);

test('a request is for the area that is filtered by, if it is one alone', () => {
  expect(area('area=strong-teaching')).toBe('strong-teaching');
  expect(area('area=strong-teaching&area=learning-time')).toBeUndefined();
  expect(area('')).toBeUndefined();
});

describe('a partner can be ticked', () => {
  const areas = [
    { area: 'strong-teaching', status: 'conditional' },
    { area: 'learning-time', status: 'suspended' },
  ] as const;

  test('where it has an account and an approval that holds', () => {
    expect(whyNotAsked({ claimed: true, areas }, undefined)).toBeUndefined();
    expect(whyNotAsked({ claimed: true, areas }, 'strong-teaching')).toBeUndefined();
  });

  test.each([
    [
      'nobody has an account',
      { claimed: false, areas },
      undefined,
      'Cannot be asked: nobody from it has an account here.',
    ],
    [
      'another area is asked',
      { claimed: true, areas },
      'learning-time',
      'Cannot be asked: no approval is active in this area.',
    ],
    ['no approval holds', { claimed: true, areas: [] }, undefined, 'Cannot be asked: no approval is active.'],
  ] as const)('not where %s', (_why, partner, asked, words) => {
    expect(whyNotAsked(partner, asked)).toBe(words);
  });
});

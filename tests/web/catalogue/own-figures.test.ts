import { expect, test } from 'vitest';
import { addressWithFigures } from '#lib/catalogue/own-figures.ts';

const own = { schools: 3, students: 900 };
const address = (words: string, figures: Parameters<typeof addressWithFigures>[2] = own) =>
  addressWithFigures('/demo/partners', new URLSearchParams(words), figures);

test('an address without figures gets those of the district, and keeps its other words', () => {
  expect(address('')).toBe('/demo/partners?schools=3&students=900');
  expect(address('area=a&area=b&colour=red')).toBe('/demo/partners?area=a&area=b&colour=red&schools=3&students=900');
});

test('fields that were emptied count as none, and what comes of them is an address that stays', () => {
  const filled = address('schools=&teachers=&students=+&days=&q=data');
  expect(filled).toBe('/demo/partners?q=data&schools=3&students=900');
  expect(address(filled?.split('?')[1] ?? '')).toBeUndefined();
});

test.each(['days=5', 'teachers=12&schools=', 'schools=many'])('the figures of the address go before: %s', (words) => {
  expect(address(words)).toBeUndefined();
});

test('where nothing is published, nothing is added', () => {
  expect(address('area=a', {})).toBeUndefined();
});

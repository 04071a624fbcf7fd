import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { returnPath } from '#shared/accounts/return-path.ts';
import { absoluteMilliseconds, beginSession, extended, idleMilliseconds, runs } from '#shared/accounts/session.ts';
import { plusMilliseconds } from '#shared/kernel/instants.ts';
import { at, personOf } from './builders.ts';

const minute = 60_000;

describe('a session', () => {
  const begun = beginSession({ person: personOf('a') }, at);

  test('ends after two idle hours, to the millisecond', () => {
    expect(runs(begun, plusMilliseconds(at, idleMilliseconds - 1))).toBe(true);
    expect(runs(begun, plusMilliseconds(at, idleMilliseconds))).toBe(false);
    expect(extended(begun, plusMilliseconds(at, idleMilliseconds))).toBeUndefined();
  });

  test('is written at most every five minutes', () => {
    expect(extended(begun, plusMilliseconds(at, 5 * minute - 1))).toBeUndefined();
    const later = plusMilliseconds(at, 5 * minute);
    expect(extended(begun, later)).toEqual({ ...begun, idleUntil: plusMilliseconds(later, idleMilliseconds) });
  });

  test('used all the time, it ends twelve hours after sign-in', () => {
    let session = begun;
    let [moment, writes] = [at, 0];
    while (runs(session, moment)) {
      const moved = extended(session, moment);
      if (moved !== undefined) [session, writes] = [moved, writes + 1];
      expect(session.idleUntil <= session.endsAt).toBe(true);
      moment = plusMilliseconds(moment, minute);
    }
    expect(moment).toBe(plusMilliseconds(at, absoluteMilliseconds));
    expect(writes).toBeLessThanOrEqual(absoluteMilliseconds / (5 * minute));
  });
});

describe('the path to return to', () => {
  const origin = 'https://partners.test';

  test.each(['/', '/ma', '/ma/partners?area=a&area=b&q=x%2F%2Fy', '/demo/requests#answers'])('%s is ours', (path) => {
    expect(returnPath(path)).toBe(path);
  });

  test.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/a//evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/a\r\nSet-Cookie: a=b',
    '/ evil',
    'javascript:alert(1)',
    'evil.example',
    '/é',
    '',
    `/${'a'.repeat(1_000)}`,
  ])('%j is not', (path) => {
    expect(returnPath(path)).toBe('/');
  });

  test('nothing that anybody types leads to another site', () => {
    const odd = fc.array(
      fc.constantFrom(
        '/',
        '\\',
        '.',
        '..',
        '@',
        ':',
        '?',
        '#',
        '%2f',
        '%5c',
        '\t',
        '\r',
        '\n',
        ' ',
        'http',
        'evil.example',
      ),
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      odd.map((parts) => parts.join('')),
      odd.map((parts) => `/${parts.join('')}`),
    );
    fc.assert(
      fc.property(text, (asked) => {
        const address = new URL(returnPath(asked), `${origin}/api/sign-in/callback`);
        expect(address.origin).toBe(origin);
      }),
      { numRuns: 1_000 },
    );
  });
});

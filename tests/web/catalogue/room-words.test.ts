import { expect, test } from 'vitest';
import { roomWords } from '#lib/catalogue/room-words.ts';
import { capacity } from '#shared/catalogue/model.ts';
import { day } from '#shared/kernel/instants.ts';

const today = day.parse('2026-11-22');
const given = (facts: object) => capacity.parse({ asOf: '2026-09-01', ...facts });

test.each([
  ['nothing is published', undefined, 9, undefined],
  ['there is room', given({ clientsAtMost: 5, clientsNow: 1 }), 3, undefined],
  ['no limit is published', given({ clientsNow: 40 }), 9, undefined],
  ['the limit is reached', given({ clientsAtMost: 5 }), 5, 'Full this school year. Room from Jul 1, 2027.'],
  [
    'it counts clients of its own',
    given({ clientsAtMost: 5, clientsNow: 4 }),
    1,
    'Full this school year. Room from Jul 1, 2027.',
  ],
  ['it begins later', given({ clientsAtMost: 5, earliestStart: '2027-02-01' }), 1, 'Room from Feb 1, 2027.'],
  ['it takes nobody', given({ clientsAtMost: 0 }), 0, 'Full this school year. It names no day from which it has room.'],
])('room where %s', (_case, facts, workload, words) => {
  expect(roomWords(facts, workload, today)).toBe(words);
});

import { describe, expect, test } from 'vitest';
import { instant, zone } from '#shared/kernel/instants.ts';
import { showZone } from '#shared/kernel/show-zone.ts';
import { changedValue } from '#lib/engagements/amendment-words.ts';
import { hoursWords, meanHours, monthWords, summed } from '#lib/engagements/demand-words.ts';
import { taskWords } from '#lib/engagements/home/task-words.ts';
import { work } from '#shared/notifications/tasks.ts';

describe('figures of the state', () => {
  test('the mean answer time is over all answers, not over months', () => {
    expect(
      meanHours([
        { answers: 1, hours: 10 },
        { answers: 3, hours: 90 },
      ]),
    ).toBe(25);
    expect(meanHours([{ answers: 0, hours: 0 }])).toBeUndefined();
  });

  test('hours read as a person says them', () => {
    expect([hoursWords(1), hoursWords(47.4), hoursWords(84)]).toEqual(['1 hour', '47 hours', '3.5 days']);
  });

  test('a month keeps its name wherever the reader is', () => {
    expect(monthWords('2027-01')).toBe('Jan 2027');
  });

  test('reasons are summed over months, the most frequent first, taken back ones left out', () => {
    expect(
      summed([
        { cost: 1, timing: 2, other: 1 },
        { cost: 3, other: -1 },
      ]),
    ).toEqual([
      { id: 'cost', count: 4 },
      { id: 'timing', count: 2 },
    ]);
  });
});

test('each side of an amendment reads as a person writes it', () => {
  const names = {
    program: { zone: zone.parse('America/Chicago') },
    schools: [{ id: 'north', name: 'North School' }],
  };
  expect(changedValue('schools', ['north'], names)).toBe('North School');
  expect(changedValue('schools', [], names)).toBe('the whole district');
  expect(changedValue('budget', { high: 7_000_000 }, names)).toBe('up to $70,000');
  expect(changedValue('budget', undefined, names)).toBe('not stated');
  expect(changedValue('replyBy', instant.parse('2026-12-11T05:59:59.999Z'), names)).toBe('Dec 10, 2026, 11:59 p.m. CT');
  expect(changedValue('students', 1200, names)).toBe('1,200');
});

test('a time zone has the name that people use', () => {
  expect(showZone(zone.parse('America/New_York'))).toBe('Eastern Time');
  expect(showZone(zone.parse('America/Chicago'))).toBe('Central Time');
});

test('a task says what to do and how much of it', () => {
  const request = 'req_0000000000000000';
  const said = taskWords(work.parse({ kind: 'answer-questions', request, title: 'Coaching', questions: 1 }));
  expect(said).toBe('Answer 1 question about “Coaching”');
});

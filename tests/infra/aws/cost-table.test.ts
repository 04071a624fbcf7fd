import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { documentedPatterns } from '../../support/access-patterns.ts';
import { tableUnder } from '../../support/document-tables.ts';

/** What the session's own read costs a call of somebody who is signed in. */
const session = 2;
const calls = (count: number) => ({ read: count * session, write: 0 });

interface Units {
  readonly read: number;
  readonly write: number;
}

const patterns = new Map(documentedPatterns.map((one) => [one.name, one]));

function pattern(name: string): Units {
  const found = patterns.get(name);
  if (found === undefined) throw new Error(`docs/access-patterns.md has no row "${name}".`);
  return found;
}

/** What a home page reads when every list is full, and how many calls of the API that are. */
function home(name: string): Units {
  const row = tableUnder('access-patterns.md', '## Pages of several patterns').find(([page]) => page === name);
  if (row === undefined) throw new Error(`docs/access-patterns.md has no page "${name}".`);
  const [, asked = '', , full] = row;
  // the tasks of two roles are one call
  return together({ read: Number(full), write: 0 }, calls(asked.split(';').length));
}

function together(...parts: readonly Units[]): Units {
  return {
    read: parts.reduce((sum, part) => sum + part.read, 0),
    write: parts.reduce((sum, part) => sum + part.write, 0),
  };
}

const sent = together(pattern('Send a request to five partners'), calls(1));
const following = {
  tasks: pattern('Make the tasks of a request anew'),
  noted: pattern('Note what an event tells'),
  delivered: pattern('Deliver a notice to two people'),
};

/** Which patterns an action of the cost table is made of. */
const made: Readonly<Record<string, Units>> = {
  'the matrix, from memory': pattern('The matrix, its CSV and its JSON, from the snapshot in memory'),
  'the matrix, if each one found its function’s copy older than half a second': pattern(
    'The matrix when a function has not looked for half a second',
  ),
  'a partner’s page': pattern('A partner'),
  'what changed on the list': pattern('What changed on the list'),
  'signing in, both calls': together(pattern('Go to sign in'), pattern('Come back from signing in')),
  'a district’s home page with every list full, "who is signed in" included': together(
    home('Home of a district'),
    pattern('Who is signed in, with the published size of a district'), // its row counts the session
  ),
  'publishing a listing': together(pattern('Publish a draft'), calls(1)),
  'sending a request to five partners': sent,
  '… with the tasks and mails that follow, two people at each partner': together(
    sent,
    following.tasks,
    ...Array.from({ length: 5 }, () => together(following.noted, following.delivered)),
  ),
  'answering a request': together(pattern('Answer a request'), calls(1)),
  'awarding a request of five partners': together(pattern('Award a request of five partners'), calls(1)),
};

const operations = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');

describe('the cost of 1,000 actions', () => {
  const heading = '## Cost of 1,000 actions';

  test('is what docs/access-patterns.md measured, at the prices beside it', () => {
    const [, reading, writing] = /`Pr` = \$([\d.]+) and `Pw` = \$([\d.]+) for a million/.exec(operations) ?? [];
    const expected = Object.entries(made).map(([action, { read, write }]) => {
      const dollars = (1000 * (read * Number(reading) + write * Number(writing))) / 1_000_000;
      return [action, String(read), String(write), dollars === 0 ? '$0' : `$${dollars.toFixed(4)}`];
    });
    const documented = tableUnder('operations.md', heading);
    expect(documented.map((cells) => cells.map((cell) => cell.replaceAll("'", '’')))).toEqual(expected);
  });

  test('names what follows a sent request as it was measured', () => {
    const units = ({ read, write }: Units) => `${read} and ${write}`;
    const { tasks, noted, delivered } = following;
    expect(operations).toContain(
      `one making of its tasks (${units(tasks)}), five notices noted (${units(noted)} each) and five delivered (${units(delivered)} each)`,
    );
    expect(readFileSync(new URL('../../../docs/access-patterns.md', import.meta.url), 'utf8')).toContain(
      `${session} units for each call of somebody who is signed in`,
    );
  });
});

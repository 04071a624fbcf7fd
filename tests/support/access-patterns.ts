import { readFileSync } from 'node:fs';
import { afterAll, expect } from 'vitest';
import { measured as measuredWork } from '#platform/capacity.ts';

/** Capacity units that something cost. */
export interface Units {
  readonly read: number;
  readonly write: number;
}

const text = readFileSync(new URL('../../docs/access-patterns.md', import.meta.url), 'utf8');

interface Pattern extends Units {
  readonly name: string;
  /** The test file that its section names. */
  readonly heldBy: string;
}

/** The rows of a table whose last columns are read and write units. */
function patternsIn(section: string): readonly Pattern[] {
  const heldBy = /^[^\n]*`(tests\/[^`]+)`/.exec(section)?.[1];
  if (heldBy === undefined) return [];
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, name = '', , , read = '', write = '']) => ({ name, heldBy, read: Number(read), write: Number(write) }));
}

/** Every row that a test holds, of `docs/access-patterns.md`. */
export const documentedPatterns = text.split(/^#+ /m).flatMap(patternsIn);

/** The lines of the document, for what is no row of units. */
export const documentLines = text.split('\n');

/** What the header of an answer says that it cost. */
export function unitsOf(answer: Response): Units {
  const [, read, write] = /^read=([\d.]+) write=([\d.]+) session=/.exec(answer.headers.get('x-capacity') ?? '') ?? [];
  if (read === undefined || write === undefined) throw new Error('The answer does not say what it cost.');
  return { read: Number(read), write: Number(write) };
}

/** What work outside of a request cost. */
export async function unitsFor(work: () => Promise<unknown>): Promise<Units> {
  const { capacity } = await measuredWork(work);
  return { read: capacity.readUnits, write: capacity.writeUnits };
}

/** A row may say a little more than a test sees: names and texts are longer elsewhere. */
const tooMuch = { read: 2, write: 5 };

/**
 * The rows that one test file holds. Each of them must be measured, or the file fails.
 * @param heldBy the file, as the heading of its section names it.
 */
export function rowsOf(heldBy: string): { expectWithin(pattern: string, measured: Units): void } {
  const rows = new Map(documentedPatterns.filter((one) => one.heldBy === heldBy).map((one) => [one.name, one]));
  const missed = new Set(rows.keys());
  // Answers tell what they cost only where somebody measures.
  const before = process.env['SHOW_CAPACITY'];
  process.env['SHOW_CAPACITY'] = '1';
  afterAll(() => {
    if (before === undefined) delete process.env['SHOW_CAPACITY'];
    expect([...missed], `rows of docs/access-patterns.md that ${heldBy} does not measure`).toEqual([]);
  });
  return {
    expectWithin(pattern, measured) {
      missed.delete(pattern);
      const most = rows.get(pattern);
      if (most === undefined) throw new Error(`docs/access-patterns.md has no row "${pattern}" that ${heldBy} holds.`);
      for (const kind of ['read', 'write'] as const) {
        expect(measured[kind], `${pattern}: ${kind} units`).toBeLessThanOrEqual(most[kind]);
        expect(most[kind] - measured[kind], `${pattern}: the row says more ${kind} units than are true`).toBeLessThan(
          tooMuch[kind],
        );
      }
    },
  };
}

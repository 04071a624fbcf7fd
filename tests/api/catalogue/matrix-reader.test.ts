import { afterEach, expect, test, vi } from 'vitest';
import { instant } from '#shared/kernel/instants.ts';
import type { Items } from '#platform/table.ts';
import { MatrixReader } from '../../../functions/catalogue/matrix.ts';
import { buildMatrix } from '../../../functions/catalogue/index.ts';
import { memoryFiles } from '../../architecture/site.ts';
import { testTable } from '../../support/table.ts';
import { demo, programs } from '../engagements/world.ts';

const engine = testTable();
const program = programs.get(demo.program);
if (program === undefined) throw new Error('There is no invented state.');

afterEach(() => vi.restoreAllMocks());

test('goes on with the matrix it has for a minute when no newer one can be read', async () => {
  let after = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => after);
  let broken = false;
  let asked = 0;
  const table: Items = {
    get: async (key, options) => {
      asked += 1;
      if (broken) throw new Error('ThrottlingException');
      return engine.table.get(key, options);
    },
  };
  const files = memoryFiles();
  const at = new Date(instant.parse('2027-01-01T00:00:00.000Z'));
  await buildMatrix(engine.table, files, program, () => at);
  const matrices = new MatrixReader(table, files);
  const first = await matrices.current(program);
  expect(first?.manifest.version).toBe(1);

  broken = true;
  await buildMatrix(engine.table, files, program, () => new Date(at.getTime() + 1_000));
  after = 600;
  expect(await matrices.current(program)).toBe(first);
  after = 700;
  expect(await matrices.current(program)).toBe(first);
  // Whoever could not be told is not asked by every query.
  expect(asked).toBe(2);
  after = 59_000;
  expect(await matrices.current(program)).toBe(first);
  after = 60_100;
  await expect(matrices.current(program)).rejects.toThrow('ThrottlingException');
  broken = false;
  expect((await matrices.current(program))?.manifest.version).toBe(2);
});

test('has nothing to go on with at first', async () => {
  const none: Items = { get: () => Promise.reject(new Error('ThrottlingException')) };
  await expect(new MatrixReader(none, memoryFiles()).current(program)).rejects.toThrow('ThrottlingException');
});

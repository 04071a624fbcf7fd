import { beforeAll, expect, test } from 'vitest';
import { importedListings } from '#shared/programs/imported-listing.ts';
import { instant } from '#shared/kernel/instants.ts';
import type { ApiHandler } from '#platform/http.ts';
import { History } from '#platform/history.ts';
import { readProgramFile, readPrograms } from '#platform/programs.ts';
import { buildMatrix, importListings } from '../../../functions/catalogue/index.ts';
import { memoryFiles, siteOn } from '../../architecture/site.ts';
import { send, testInstant, testOrigin } from '../../support/client.ts';
import { testTable } from '../../support/table.ts';

const engine = testTable();
let catalogue: ApiHandler;

beforeAll(async () => {
  const program = readPrograms().get('ma');
  const text = program === undefined ? undefined : readProgramFile(program.id, 'listings.json');
  if (program === undefined || text === undefined) throw new Error('The program ma has listings.');
  const history = new History();
  importListings(history, program, importedListings.parse(JSON.parse(text)), instant.parse('2026-09-01T12:00:00.000Z'));
  await history.writeTo(engine.table);
  const files = memoryFiles();
  await buildMatrix(engine.table, files, program, () => new Date(testInstant));
  catalogue = siteOn(engine.table, files).catalogue;
});

async function cost(path: string): Promise<string | null> {
  const answer = await send(catalogue, new Request(`${testOrigin}${path}`));
  expect(answer.status, await answer.clone().text()).toBe(200);
  return answer.headers.get('x-capacity');
}

test('a matrix page costs no read once the snapshot is in memory', async () => {
  await cost('/api/programs/ma/partners');
  expect(await cost('/api/programs/ma/partners?q=reading&status=any')).toBe('read=0 write=0');
});

test('no partner page costs more than 1.5 read units', async () => {
  const listed = await send(catalogue, new Request(`${testOrigin}/api/programs/ma/partners.json?status=any`));
  const { partners }: { partners: readonly { id: string }[] } = await listed.json();
  expect(partners).toHaveLength(29);
  for (const { id } of partners) {
    const units = Number(/read=([\d.]+)/.exec((await cost(`/api/programs/ma/partners/${id}`)) ?? '')?.[1]);
    expect(units, id).toBeLessThanOrEqual(1.5);
  }
});

test('one word given once is a list of one, as the document says', async () => {
  const document = await send(
    siteOn(engine.table, memoryFiles()).service,
    new Request(`${testOrigin}/api/openapi.json`),
  );
  const parameters: readonly { name: string; style?: string; explode?: boolean }[] = (await document.json()).paths[
    '/programs/{program}/partners'
  ].get.parameters;
  expect(parameters.find(({ name }) => name === 'area')).toMatchObject({ style: 'form', explode: true });
  const total = async (words: string): Promise<number> => {
    const answer = await send(catalogue, new Request(`${testOrigin}/api/programs/ma/partners?${words}`));
    return (await answer.json()).total;
  };
  expect(await total('area=school-climate-sel')).toBe(1);
  expect(await total('area=school-climate-sel&area=high-quality-core-instruction')).toBe(2);
  expect(await total('area=&q=')).toBe(4);
});

test('unknown words, and values that are not allowed, are refused with 400 and named', async () => {
  for (const words of ['colour=red', 'max=much', 'area=nothing', 'page=0', 'at=yesterday']) {
    const answer = await send(catalogue, new Request(`${testOrigin}/api/programs/ma/partners?${words}`));
    expect(answer.status, words).toBe(400);
    expect((await answer.json()).message, words).toContain(words.split('=')[0]);
  }
});

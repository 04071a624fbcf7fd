import { expect, test } from 'vitest';
import { listedSite } from './world.ts';

const site = listedSite();
const partners = (words: string): Promise<Response> => site.get('partners', `/api/programs/ma/partners?${words}`);

test('one word given once is a list of one, as the document says', async () => {
  const document = await site.get('service', '/api/openapi.json');
  const parameters: readonly { name: string; style?: string; explode?: boolean }[] = (await document.json()).paths[
    '/programs/{program}/partners'
  ].get.parameters;
  expect(parameters.find(({ name }) => name === 'area')).toMatchObject({ style: 'form', explode: true });
  const total = async (words: string): Promise<number> => (await (await partners(words)).json()).total;
  expect(await total('area=school-climate-sel')).toBe(1);
  expect(await total('area=school-climate-sel&area=high-quality-core-instruction')).toBe(2);
  expect(await total('area=&q=')).toBe(4);
});

test('unknown words, and values that are not allowed, are refused with 400 and named', async () => {
  for (const words of [
    'colour=red',
    'max=much',
    'area=nothing',
    'page=0',
    'at=yesterday',
    'at=2026-02-30T00:00:00.000Z',
  ]) {
    const answer = await partners(words);
    expect(answer.status, words).toBe(400);
    expect((await answer.json()).message, words).toContain(words.split('=')[0]);
  }
});

test('words that a reader of addresses would take for others, or skip, are unknown like any other', async () => {
  for (const word of ['__proto__', 'constructor', 'area[0]', 'area[]', 'area[x][y]', 'area\\', 'are\\a', '[area]']) {
    for (const file of ['partners', 'partners.json', 'partners.csv']) {
      const answer = await site.get('partners', `/api/programs/ma/${file}?${encodeURIComponent(word)}=x`);
      expect(answer.status, word).toBe(400);
      const { code, message } = await answer.json();
      expect({ code, message }).toEqual({ code: 'unknown-word', message: `Not known here: ${word}.` });
    }
  }
});

test('a page past the end is empty and no error, however far', async () => {
  for (const page of [2, 100_001, Number.MAX_SAFE_INTEGER]) {
    const answer = await partners(`page=${page}`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ page, pages: 1, total: 4, partners: [] });
  }
});

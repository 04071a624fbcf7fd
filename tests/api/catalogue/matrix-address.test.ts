import { expect, test } from 'vitest';
import { listedSite } from './world.ts';

const site = listedSite();
const partners = (words: string): Promise<Response> => site.get('catalogue', `/api/programs/ma/partners?${words}`);

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
  for (const words of ['colour=red', 'max=much', 'area=nothing', 'page=0', 'at=yesterday']) {
    const answer = await partners(words);
    expect(answer.status, words).toBe(400);
    expect((await answer.json()).message, words).toContain(words.split('=')[0]);
  }
});

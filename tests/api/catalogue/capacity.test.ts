import { expect, test } from 'vitest';
import { listedSite } from './world.ts';

process.env['SHOW_CAPACITY'] = '1';

const site = listedSite();

async function cost(path: string): Promise<string | null> {
  const answer = await site.get('catalogue', path);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return answer.headers.get('x-capacity');
}

test('a matrix page costs no read once the snapshot is in memory', async () => {
  await cost('/api/programs/ma/partners');
  expect(await cost('/api/programs/ma/partners?q=reading&status=any')).toBe('read=0 write=0 session=0');
});

test('no partner page costs more than 1.5 read units', async () => {
  const listed = await site.get('catalogue', '/api/programs/ma/partners.json?status=any');
  const { partners }: { partners: readonly { id: string }[] } = await listed.json();
  expect(partners).toHaveLength(29);
  for (const { id } of partners) {
    const units = Number(/read=([\d.]+)/.exec((await cost(`/api/programs/ma/partners/${id}`)) ?? '')?.[1]);
    expect(units, id).toBeLessThanOrEqual(1.5);
  }
});

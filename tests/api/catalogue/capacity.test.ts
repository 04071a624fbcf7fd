import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parts } from '../../../infra/local/parts.ts';
import { startAll, type Running } from '../../../infra/local/start-all.ts';
import { copyFilledStore } from '../../support/fill-store.ts';

process.env['SHOW_CAPACITY'] = '1';

/** Everything as `npm start` seeds it, with the pages as they are built: what a page costs is in its own header. */
let running: Running;
let dataDir: string;
beforeAll(async () => {
  dataDir = await copyFilledStore();
  running = await startAll({ parts, dataDir });
}, 180_000);
afterAll(async () => {
  await running.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function costOf(path: string): Promise<{ readonly words: string | null; readonly read: number }> {
  const answer = await fetch(`${running.address}${path}`);
  expect(answer.status, `${path}: ${answer.ok ? '' : await answer.text()}`).toBe(200);
  await answer.arrayBuffer();
  const words = answer.headers.get('x-capacity');
  return { words, read: Number(/read=([\d.]+)/.exec(words ?? '')?.[1]) };
}

async function partnersOf(program: string): Promise<readonly string[]> {
  const answer = await fetch(`${running.address}/api/programs/${program}/partners.json?status=any`);
  const { partners }: { partners: readonly { id: string }[] } = await answer.json();
  return partners.map(({ id }) => id);
}

describe.each([
  ['ma', 29],
  ['demo', 60],
])('in %s', (program, count) => {
  test('the matrix costs no read once the snapshot is in memory', async () => {
    const path = `/api/programs/${program}/partners`;
    await costOf(path);
    expect((await costOf(`${path}?q=reading&status=any`)).words).toBe('read=0 write=0 session=0');
  });

  test('no partner’s page costs more than 1.5 read units', { timeout: 60_000 }, async () => {
    const partners = await partnersOf(program);
    expect(partners).toHaveLength(count);
    const dear = [];
    for (const partner of partners) {
      const { words, read } = await costOf(`/${program}/partners/${partner}`);
      if (!(read > 0 && read <= 1.5)) dear.push(`${partner}: ${words}`);
    }
    expect(dear).toEqual([]);
  });
});

import { expect, test } from 'vitest';
import { matrixManifest } from '#shared/catalogue/matrix-wire.ts';
import { listedSite } from './world.ts';

const site = listedSite();
const path = '/api/programs/ma/matrix';

test('tells which snapshot is current, and whoever has it that it still is', async () => {
  const first = await site.get('partners', path);
  expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'no-cache']);
  const told = matrixManifest.parse(await first.json());
  expect(told.partners).toBe(29);
  const { coreBytes, ...files } = told.snapshot;
  expect(coreBytes).toBeGreaterThan(500);
  for (const address of Object.values(files)) expect(address).toMatch(/^\/matrix\/[0-9a-f]{64}\.json$/);

  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[0-9a-f]+"$/);
  const again = await site.get('partners', path, { 'if-none-match': etag });
  expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);

  await site.settle();
  const changed = await site.get('partners', path, { 'if-none-match': etag });
  expect(changed.status).toBe(200);
  expect(matrixManifest.parse(await changed.json()).version).toBe(told.version + 1);
  expect(changed.headers.get('etag')).not.toBe(etag);
});

test('is kept by nobody where there is no such program', async () => {
  const none = await site.get('partners', '/api/programs/none/matrix');
  expect([none.status, none.headers.get('cache-control')]).toEqual([404, 'no-store']);
});

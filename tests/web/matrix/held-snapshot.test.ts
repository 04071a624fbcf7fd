import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { readNumbers } from '#shared/catalogue/matrix/number-text.ts';
import { numberText } from '#shared/catalogue/matrix/write-number-text.ts';
import type { Core, Sites } from '#shared/catalogue/matrix/snapshot.ts';
import { programId } from '#shared/kernel/ids.ts';
import { theTable } from '#platform/dynamo-table.ts';
import { theFiles } from '#platform/files.ts';
import { thePrograms } from '#platform/programs.ts';
import { buildMatrix } from '../../../functions/catalogue/index.ts';
import { counted, enterSearch, listOn, names, strongTeaching } from './list.ts';
import { testSite } from './site.ts';

const site = testSite();
const { asked, ready, shows } = listOn(site);

/** The same snapshot, in which the only approval of a partner ends at a moment that comes soon. */
function endingSoon(snapshot: Core, partner: string, end: number): Core {
  let sum = 0;
  const moments = snapshot.moments.map((step) => (sum += step));
  const next = moments.findIndex((moment) => moment > end);
  const before = moments[next - 1] ?? 0;
  const row = snapshot.partners.ids.indexOf(partner);
  const counts = new Int32Array(snapshot.partners.ids.length);
  readNumbers(snapshot.approvals.of, counts, 0, 1_000);
  const approval = counts.slice(0, row).reduce((count, one) => count + one, 0);
  const ends: readonly string[] = snapshot.approvals.ends.match(/[A-Z]*[a-z-]/g) ?? [];
  return {
    ...snapshot,
    moments: snapshot.moments.with(next, end - before).with(next + 1, (moments[next + 1] ?? 0) - end),
    approvals: { ...snapshot.approvals, ends: ends.with(approval, numberText([next])).join('') },
  };
}

/** Answers with other parts of a snapshot, and lets the page take them for what their names say. */
async function changeSnapshot(page: Page, change: (part: Core | Sites) => object | undefined): Promise<void> {
  const names = new Map<string, string>();
  await page.exposeFunction('nameOf', (digest: string) => names.get(digest) ?? digest);
  await page.addInitScript(() => {
    const digest = crypto.subtle.digest.bind(crypto.subtle);
    crypto.subtle.digest = async (algorithm, data) => {
      const bytes = new Uint8Array(await digest(algorithm, data));
      const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
      const name = await (globalThis as unknown as { nameOf(hex: string): Promise<string> }).nameOf(hex); // exposed above
      return Uint8Array.from(name.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)).buffer;
    };
  });
  await page.route('**/matrix/*', async (route) => {
    const original = await (await route.fetch()).text();
    const changed = change(JSON.parse(original));
    const body = changed === undefined ? original : JSON.stringify(changed);
    const name = /([0-9a-f]{64})\.json$/.exec(route.request().url())?.[1] ?? '';
    names.set(createHash('sha256').update(body).digest('hex'), name);
    await route.fulfill({ body, contentType: 'application/json' });
  });
}

/** A page whose snapshot cannot be read filters all the same. */
async function expectGoesOn(page: Page): Promise<void> {
  await ready(page, '/demo/partners');
  await page.locator(strongTeaching).click();
  await shows(page, 'area=strong-teaching');
  expect(new URL(page.url()).search).toBe('?area=strong-teaching');
}

describe('the snapshot that a page holds', () => {
  test('takes a partner off the list at the moment at which its approval ends', async () => {
    const { partners } = await asked('sort=name');
    const one = partners.find(({ areas }) => areas.length === 1 && areas[0]?.status === 'active');
    if (one === undefined) throw new Error('No partner has a single active approval.');
    const page = await site.browser.visitor();
    await changeSnapshot(page, (part) =>
      part.part === 'core' ? endingSoon(part, one.id, Date.now() + 6000) : undefined,
    );
    const requests = await ready(page, '/demo/partners');
    await enterSearch(page, requests);
    await page.getByLabel('Name or words of the listing').fill(one.name);
    await expect.poll(() => names(page)).toEqual([one.name]);
    await expect.poll(() => counted(page), { timeout: 15_000 }).toBe('No partner matches');
    expect(requests).toEqual([]);
  }, 40_000);

  test.each([
    ['is cut off', (text: string) => text.slice(0, -9)],
    ['is altered', (text: string) => text.replace('"met":"', '"met":"a')],
    ['is missing', () => undefined],
  ])('goes on by requests where the snapshot %s', async (_what, alter) => {
    const page = await site.browser.visitor();
    await page.route('**/matrix/*', async (route) => {
      const body = alter(await (await route.fetch()).text());
      await route.fulfill(body === undefined ? { status: 404 } : { body, contentType: 'application/json' });
    });
    await expectGoesOn(page);
  });

  test('is renewed by the manifest once it is a minute old, and answers meanwhile', async () => {
    const page = await site.browser.visitor();
    await page.clock.install();
    const requests = await ready(page, '/demo/partners');
    const asOf = page.locator('.usa-hint', { hasText: 'The list is as of' });
    await page.locator(strongTeaching).click();
    await shows(page, 'area=strong-teaching');
    expect(requests).toEqual([]);

    await page.clock.fastForward(61_000);
    await page.locator(strongTeaching).click();
    await shows(page, '');
    await expect
      .poll(() => requests.splice(0).map((url) => new URL(url).pathname))
      .toEqual(['/api/programs/demo/matrix']);
    const before = await asOf.innerText();

    const demo = thePrograms().get(programId.parse('demo'));
    if (demo === undefined) throw new Error('There is no invented state.');
    const later = new Date(Date.now() + 120_000);
    await buildMatrix(theTable(), theFiles(), demo, () => later);
    await page.clock.fastForward(61_000);
    await page.locator(strongTeaching).click();
    await shows(page, 'area=strong-teaching');
    await expect.poll(() => requests.length).toBe(3);
    expect(requests.filter((url) => url.includes('/matrix/'))).toHaveLength(2);
    expect(await asOf.innerText()).toBe(before);
    await page.locator(strongTeaching).click();
    await expect.poll(() => asOf.innerText()).not.toBe(before);
    expect(requests).toHaveLength(3);
  });

  test('goes on by requests where the snapshot is of a later version', async () => {
    const page = await site.browser.visitor();
    await changeSnapshot(page, (part) => ({ ...part, format: part.format + 1 }));
    await expectGoesOn(page);
  });
});

import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import * as z from 'zod';
import { assertAccessible, type Journey } from './browser.ts';
import { publishPartners, serveEmptyStore } from './national-matrix.ts';
import { noteResults, repaintAfterClick, type Repaint } from './repaint.ts';

export const serve = serveEmptyStore;

/** As slow as a phone, beside the machine that it runs on. */
const slowdown = 4;

/** Within how many milliseconds each click paints at its quickest: it guards against falling back, no more. */
const paintsWithin = 50;

/**
 * Within how many half of all do. The cores are shared with the server, the test and whatever else runs, which only ever
 * adds: docs/performance.md tells what half of many take where little else does.
 */
const halfPaintWithin = 80;

/**
 * How often each click is made, and how often at most until each has painted in time once; by the first of these it must
 * not be far from that, in milliseconds.
 */
const [rounds, mostRounds, paintsAtFirstWithin] = [3, 12, 80];

/** A page asks no more often which snapshot is current. */
const asksEveryMilliseconds = 60_000;

/** Elements whose style a click may have worked out: of the rows that are put in, and of what says what is asked. */
const mostStyled = 150;

const areas = ['strong-teaching', 'school-leadership', 'student-wellbeing'];
const list = z.looseObject({ total: z.int(), partners: z.array(z.looseObject({ name: z.string() })) });

/** The page shows what the API answers to the same address. */
async function assertShowsWhatTheApiSays(page: Page): Promise<void> {
  const answer = await page.request.get(`/api/programs/demo/partners${new URL(page.url()).search}`);
  const { total, partners } = list.parse(await answer.json());
  await page.waitForFunction(
    (expected) =>
      Array.from(document.querySelectorAll('.matrix-table__name'), (name) => name.textContent).join('\n') === expected,
    partners.map(({ name }) => name).join('\n'),
  );
  const said = await page.locator('.live-count').innerText();
  assert.equal(Number.parseInt(said.replaceAll(',', ''), 10), total);
}

/** Waits until the page has loaded so many parts of the snapshot. */
async function untilParts(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    (expected) =>
      performance.getEntriesByType('resource').filter(({ name }) => name.includes('/matrix/')).length === expected,
    count,
  );
}

/** Milliseconds from the arrival of the page and its scripts until they hear what somebody does. */
async function untilUsable(page: Page): Promise<number> {
  // Svelte hears the changes of all fields at the root of the page, from the moment at which the page is its own.
  await page.addInitScript(() => {
    const listen = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (this: EventTarget, ...given: Parameters<typeof listen>) {
      if (given[0] === 'change') setTimeout(() => performance.mark('usable'));
      return listen.apply(this, given);
    };
  });
  await page.goto('/demo/partners');
  await page.waitForFunction(() => performance.getEntriesByName('usable').length > 0);
  return page.evaluate(() => {
    const usable = performance.getEntriesByName('usable')[0]?.startTime ?? Number.NaN;
    const arrivals = performance
      .getEntries()
      .flatMap((entry) => (entry instanceof PerformanceResourceTiming ? [entry] : []))
      .filter(({ entryType, name }) => entryType === 'navigation' || name.endsWith('.js'))
      .map(({ responseEnd }) => responseEnd);
    return usable - Math.max(...arrivals.filter((end) => end < usable));
  });
}

/** What the first click takes is tried before it, in no page: nothing is seen of it. */
async function assertRehearses(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const create = Document.prototype.createElement;
    Document.prototype.createElement = function (this: Document, ...given: [string]) {
      const made = create.apply(this, given);
      const seen = new MutationObserver((records) => {
        const added = records.flatMap(({ addedNodes }) => Array.from(addedNodes));
        if (!made.isConnected && added.some((node) => node instanceof HTMLTableRowElement)) performance.mark('unseen');
      });
      seen.observe(made, { childList: true, subtree: true });
      return made;
    };
  });
  await page.goto('/demo/partners');
  await untilParts(page, 2);
  const before = await page.content();
  await page.waitForFunction(() => performance.getEntriesByName('unseen').length > 0);
  assert.equal(await page.content(), before);
}

const middle = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
const rounded = (values: readonly number[]): string => values.map((value) => Math.round(value)).join(', ');

export const journey: Journey = async ({ browser }) => {
  await publishPartners(10_000);
  await assertRehearses(await browser.visitor());
  const page = await browser.visitor();
  const session = await page.context().newCDPSession(page);
  const opened = performance.now();
  await page.goto('/demo/partners');
  await untilParts(page, 2);
  await assertAccessible(page, 'ten thousand partners');
  await noteResults(page);

  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const requests: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (/^\/(api|matrix)\//.test(pathname)) requests.push(pathname);
  });
  // Each area is asked for, and then no longer: six clicks in turn.
  const clicks = [...areas, ...areas];
  const repaints: Repaint[] = [];
  const quickest = clicks.map(() => Infinity);
  for (let round = 0; round < rounds || (round < mostRounds && Math.max(...quickest) > paintsWithin); round += 1) {
    for (const [place, area] of clicks.entries()) {
      const repaint = await repaintAfterClick(page, session, `label[for="filter-area-${area}"]`);
      repaints.push(repaint);
      quickest[place] = Math.min(quickest[place] ?? Infinity, repaint.milliseconds);
      if (round === 0) await assertShowsWhatTheApiSays(page);
    }
    if (round === rounds - 1)
      assert.ok(Math.max(...quickest) < paintsAtFirstWithin, `at first ${rounded(quickest)} ms`);
  }
  await page.locator('#filter-areas-all').press('Space');
  await page.locator(`#filter-area-${areas[0]}`).press('Space');
  await page.locator(`#filter-area-${areas[1]}`).press('Space');
  await page.waitForURL(
    (url) => url.searchParams.get('areas') === 'all' && url.searchParams.getAll('area').length === 2,
  );
  await assertShowsWhatTheApiSays(page);
  const current = requests.filter((pathname) => pathname === '/api/programs/demo/matrix');
  assert.ok(current.length <= (performance.now() - opened) / asksEveryMilliseconds);
  assert.equal(requests.length, current.length, 'a filter asks nobody');
  const times = repaints.map(({ milliseconds }) => milliseconds);
  const sorted = times.toSorted((a, b) => a - b);
  process.stdout.write(
    `     10,000 partners, ${slowdown} times as slow: a click painted after ${rounded(sorted)} ms,\n` +
      `     the first of the page after ${rounded(times.slice(0, 1))}, each of six at its quickest after ${rounded(quickest)} ms\n`,
  );
  assert.ok(Math.max(...quickest) < paintsWithin && middle(sorted) < halfPaintWithin);
  const styled = Math.max(...repaints.map((one) => one.styled));
  assert.ok(styled <= mostStyled, `a click had the browser work out the style of ${styled} elements`);

  const field = page.locator('#field-q');
  await field.focus();
  await untilParts(page, 4);
  const words = (await page.locator('.matrix-table__name').nth(2).innerText()).toLowerCase();
  await page.keyboard.type(words, { delay: 40 });
  assert.equal(await field.inputValue(), words);
  await page.waitForURL((url) => url.searchParams.get('q') === words);
  await assertShowsWhatTheApiSays(page);
  assert.equal(await field.inputValue(), words);

  await publishPartners(20_000);
  const other = await browser.visitor();
  const usable = await untilUsable(other);
  process.stdout.write(`     20,000 partners: usable ${Math.round(usable)} ms after page and scripts arrived\n`);
  assert.ok(usable < 1_000);
  await other.locator(`label[for="filter-area-${areas[0]}"]`).click();
  await other.waitForURL(/area=/);
  await assertShowsWhatTheApiSays(other);
  await untilParts(other, 0);
};

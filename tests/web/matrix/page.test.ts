import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { assertAccessible } from '../../journeys/browser.ts';
import { testSite } from './site.ts';

const site = testSite();

/** The box itself is drawn by its label. */
const strongTeaching = 'label[for="filter-area-strong-teaching"]';

interface CountAnswer {
  readonly total: number;
  readonly partners: readonly { readonly id: string; readonly name: string }[];
}

async function asked(words: string): Promise<CountAnswer> {
  const answer = await fetch(`${site.address}/api/programs/demo/partners?${words}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as CountAnswer; // the contract's own tests check the shape
}

const counted = (page: Page) => page.locator('.live-count').innerText();
const names = (page: Page) => page.locator('.matrix-table__name').allInnerTexts();

async function shows(page: Page, words: string): Promise<void> {
  const { total, partners } = await asked(words);
  // The count may be the same before and after, the names with their order hardly are.
  await expect.poll(() => names(page)).toEqual(partners.map((partner) => partner.name));
  expect(await counted(page)).toMatch(new RegExp(total === 0 ? '^No partner' : `^${total} partner`));
}

/** The page with its snapshot in the browser: from now on no change asks the server. */
async function ready(page: Page, address: string): Promise<string[]> {
  const snapshot = page.waitForResponse((answer) => answer.url().includes('/matrix/'));
  await page.goto(address);
  await (await snapshot).finished();
  const requests: string[] = [];
  page.on('request', (request) => {
    if (/\/(api|matrix)\//.test(new URL(request.url()).pathname)) requests.push(request.url());
  });
  return requests;
}

describe('the matrix without JavaScript', () => {
  test('filters by the button of its form', async () => {
    const page = await site.browser.visitor({ javaScript: false });
    await page.goto('/demo/partners');
    await shows(page, '');
    await page.locator(strongTeaching).click();
    await page.getByLabel('At most, for one year').fill('$60,000');
    await page.getByRole('button', { name: 'Show results' }).click();
    await shows(page, 'area=strong-teaching&max=60000');
    await page.getByRole('link', { name: /Remove the filter Cost of one year/ }).click();
    await shows(page, 'area=strong-teaching');
    expect(await page.locator('.filter-tag').count()).toBe(1);
  });

  test('names what it left out', async () => {
    const page = await site.browser.visitor({ javaScript: false });
    await page.goto('/demo/partners?colour=red&max=much');
    const note = page.locator('.usa-alert--warning');
    expect(await note.innerText()).toContain('“colour”');
    expect(await note.innerText()).toContain('“max”');
    expect(await page.locator('#field-max').inputValue()).toBe('much');
    await shows(page, '');
  });
});

describe('the matrix with JavaScript', () => {
  test('filters, searches, sorts and pages without a request, and the address follows', async () => {
    const page = await site.browser.visitor();
    const requests = await ready(page, '/demo/partners');
    await page.locator(strongTeaching).click();
    await shows(page, 'area=strong-teaching');
    expect(new URL(page.url()).search).toBe('?area=strong-teaching');

    const search = page.getByLabel('Name or words of the listing');
    await search.pressSequentially('te', { delay: 10 });
    await shows(page, 'area=strong-teaching&q=te');
    expect(await search.evaluate((input) => input === document.activeElement)).toBe(true);
    await search.fill('');
    await shows(page, 'area=strong-teaching');
    await page.getByLabel('Sort by').selectOption('name');
    await shows(page, 'area=strong-teaching&sort=name');
    await page.goBack();
    await shows(page, 'area=strong-teaching');
    await page.getByRole('link', { name: 'Clear all' }).click();
    await shows(page, '');
    expect(await page.locator('#results').evaluate((heading) => heading === document.activeElement)).toBe(true);
    await page.getByRole('link', { name: 'Next page' }).click();
    await shows(page, 'page=2');
    expect(requests).toEqual([]);
  });

  test('goes on by requests where the snapshot cannot be read', async () => {
    const page = await site.browser.visitor();
    await page.route('**/matrix/*', (route) => route.fulfill({ status: 200, json: { format: 999 } }));
    await ready(page, '/demo/partners');
    await page.locator(strongTeaching).click();
    await shows(page, 'area=strong-teaching');
    expect(new URL(page.url()).search).toBe('?area=strong-teaching');
  });

  test('weighs less than 70 kB', async () => {
    const page = await site.browser.visitor();
    const scripts = new Set<string>();
    page.on('response', (answer) => {
      const { pathname } = new URL(answer.url());
      if (pathname.endsWith('.js')) scripts.add(pathname);
    });
    await ready(page, '/demo/partners');
    // What only filtering needs is loaded by now too. By the keyboard: a mouse over a link loads the page behind it.
    await page.locator('#filter-area-strong-teaching').press('Space');
    await shows(page, 'area=strong-teaching');
    const build = new URL('../../../web/build/client/', import.meta.url);
    const texts = [...scripts].map((path) => readFileSync(new URL(`.${path}`, build), 'utf8'));
    const bytes = texts.reduce((sum, text) => sum + brotliCompressSync(text).byteLength, 0);
    expect(scripts.size).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(70_000);
  });
});

test('no page carries the schema library, which weighs as much as a page', () => {
  const folder = new URL('../../../web/build/client/', import.meta.url);
  const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(40);
  expect(scripts.filter((name) => readFileSync(new URL(name, folder), 'utf8').includes('_zod'))).toEqual([]);
});

describe('every state of the matrix is accessible', () => {
  const states: Readonly<Record<string, string>> = {
    default: '/demo/partners',
    filtered: '/demo/partners?area=strong-teaching&tier=3&record=50&capacity=now&max=60000&fund=title1-1003',
    empty: '/demo/partners?q=zzzzz&max=1',
    'with notes': '/demo/partners?colour=red&max=much&area=none',
    'page 2': '/demo/partners?page=2',
    'past the end': '/demo/partners?page=900',
    'real list': '/ma/partners?status=any',
    home: '/demo',
  };
  const wide = ['default', 'filtered', 'with notes', 'home'];
  for (const [state, address] of Object.entries(states)) {
    for (const width of wide.includes(state) ? [1280, 320] : [320]) {
      test(`${state}, ${width} pixels wide`, async () => {
        const page = await site.browser.visitor({ width });
        await page.goto(address);
        await page.evaluate(() => {
          for (const part of document.querySelectorAll('details')) part.open = true;
        });
        await assertAccessible(page, state);
        await page.context().close();
      });
    }
  }
});

describe('the files to keep', () => {
  test('hold exactly what is filtered', async () => {
    const words = 'area=strong-teaching&capacity=now';
    const csv = await fetch(`${site.address}/demo/partners.csv?${words}`);
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="demo-partners.csv"');
    const { total } = await asked(words);
    expect((await csv.text()).trim().split('\r\n')).toHaveLength(total + 1);
    const json = await fetch(`${site.address}/demo/partners.json?${words}`);
    expect(json.headers.get('content-disposition')).toBe('attachment; filename="demo-partners.json"');
    expect(await json.json()).toMatchObject({ total });
  });

  test('refuse a word that nobody knows', async () => {
    for (const format of ['csv', 'json']) {
      const answer = await fetch(`${site.address}/demo/partners.${format}?colour=red`);
      expect(answer.status).toBe(400);
      expect(answer.headers.get('content-disposition')).toBeNull();
    }
  });
});

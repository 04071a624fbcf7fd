import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { buildFolder } from '../../../web/build-folder.ts';
import { assertAccessible, assertFits, signInAs } from '../../journeys/browser.ts';
import { counted, enterSearch, figures, inFields, listOn, names, strongTeaching } from './list.ts';
import { testSite } from './site.ts';

process.env['SHOW_CAPACITY'] = '1';

const site = testSite();
const { asked, ready, shows } = listOn(site);

/** The files that the browser gets. */
const built = () => join(buildFolder(resolve(import.meta.dirname, '../../..')), 'client');

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

test('on paper the matrix says what was asked, and leaves its controls out', async () => {
  const page = await site.browser.visitor();
  await page.goto('/demo/partners?area=strong-teaching&unpriced=no');
  await page.emulateMedia({ media: 'print' });
  const sentence = page.getByText('Filtered by priority area: Strong teaching in every classroom');
  expect(await sentence.isVisible()).toBe(true);
  expect(await page.locator('.left-out').innerText()).toContain('no price that can be compared');
  for (const gone of ['.matrix-filters', '.results-bar', '.filter-tags', '.usa-pagination', '.left-out a']) {
    expect(await page.locator(gone).filter({ visible: true }).count()).toBe(0);
  }
  expect((await names(page)).length).toBeGreaterThan(10);
});

describe('a district ticks partners to ask', () => {
  const lead = 'demo-district-1-lead';
  const chosen = (page: Page) => new URL(page.url()).searchParams.getAll('partner');

  test('without JavaScript, and the area goes along', async () => {
    const page = await site.browser.visitor({ javaScript: false });
    await signInAs(page, lead, '/privacy');
    await page.goto('/demo/partners?area=strong-teaching');
    const boxes = page.locator('.pick-box');
    await boxes.nth(0).locator('label').click();
    await boxes.nth(2).locator('label').click();
    await page.getByRole('button', { name: 'Request an engagement' }).click();
    expect(new URL(page.url()).searchParams.get('area')).toBe('strong-teaching');
    expect(chosen(page)).toHaveLength(2);
    expect(await page.locator('input[name="asked"]:checked').count()).toBe(2);
  });

  test('at most five, and what was ticked stays under other filters, without a request', async () => {
    const page = await site.browser.visitor();
    await signInAs(page, lead, '/privacy');
    const requests = await ready(page, '/demo/partners');
    const boxes = page.locator('.pick-box label');
    for (let place = 0; place < 6; place += 1) await boxes.nth(place).click();
    const bar = page.locator('.ask-form__bar');
    await bar.getByText('You can ask at most 5 partners for the same work, and you ticked 6.').waitFor();
    await assertAccessible(page, 'six partners ticked');
    await boxes.nth(5).click();
    await page.getByRole('link', { name: 'Next page' }).click();
    await shows(page, `${figures(page)}&page=2`);
    expect(await bar.getByRole('button', { name: /which is not on this page/ }).count()).toBe(5);
    expect(requests).toEqual([]);
    await bar.getByRole('button', { name: 'Request an engagement' }).click();
    await page.waitForURL(/requests\/new/);
    expect(chosen(page)).toHaveLength(5);
  });

  test('and a tick from before the page heard of ticks never goes to another partner', async () => {
    const page = await site.browser.visitor();
    await signInAs(page, lead, '/privacy');
    await ready(page, '/demo/partners');
    const box = page.locator('.pick-box input').first();
    const ticked = await box.evaluate((input: HTMLInputElement) => {
      input.checked = true;
      return input.value;
    });
    await page.locator(strongTeaching).click();
    await shows(page, `area=strong-teaching&${figures(page)}`);
    await expect.poll(() => page.locator('.pick-box input').first().getAttribute('value')).not.toBe(ticked);
    expect(await page.locator('.pick-box input:checked').count()).toBe(0);
  });

  test('and nobody else does', async () => {
    const page = await site.browser.visitor();
    await page.goto('/demo/partners');
    expect(await page.locator('.pick-box').count()).toBe(0);
    await signInAs(page, 'demo-district-1-viewer', '/privacy');
    await page.goto('/demo/partners');
    expect(await page.locator('.pick-box').count()).toBe(0);
  });
});

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('costs for a person of a district, %s', (_how, javaScript) => {
  /** What the published figures of the first district of the invented state are. */
  async function published(page: Page): Promise<string> {
    await signInAs(page, 'demo-district-1-viewer', '/privacy');
    const session = await page.request.get('/api/session');
    const { acting } = await session.json();
    return `schools=${acting.size.schools.value}&students=${acting.size.enrollment.value}`;
  }

  test('are those of its published figures, in the fields, in the address and in every count', async () => {
    const page = await site.browser.visitor({ javaScript });
    const own = await published(page);
    await page.goto('/demo/partners?area=strong-teaching');
    expect(figures(page)).toBe(own);
    expect(await inFields(page)).toBe(own);
    expect(await page.locator('main').innerText()).toContain('In use are the published figures of');
    await shows(page, `area=strong-teaching&${own}`);

    // The count beside a choice is what choosing it gives.
    const step = page.locator('.cost-steps li', { hasText: '$50,000' });
    const count = Number(/\((\d+)/.exec(await step.innerText())?.[1]);
    await step.getByRole('link').click();
    await page.waitForURL(/max=50000/);
    await shows(page, `area=strong-teaching&max=50000&${own}`);
    expect(Number.parseInt(await counted(page), 10)).toBe(count);
    const label = 'label[for="filter-service-teacher-coaching"]';
    await page.locator('.matrix-form details').evaluateAll((groups) => {
      for (const group of groups) group.setAttribute('open', '');
    });
    const expected = Number(/\((\d+)/.exec(await page.locator(label).innerText())?.[1]);
    await page.locator(label).click();
    if (!javaScript) await page.getByRole('button', { name: 'Show results' }).click();
    await page.waitForURL(/service=teacher-coaching/);
    await shows(page, `area=strong-teaching&service=teacher-coaching&max=50000&${own}`);
    expect(Number.parseInt(await counted(page), 10)).toBe(expected);
    expect(await page.locator('.filter-tag', { hasText: 'Your figures' }).count()).toBe(0);
  });

  test('follow what it gives itself, and come back where every field is emptied', async () => {
    const page = await site.browser.visitor({ javaScript });
    const own = await published(page);
    const asks = async () => {
      if (!javaScript) await page.getByRole('button', { name: 'Show results' }).click();
    };
    await page.goto('/demo/partners?days=12');
    expect(await inFields(page)).toBe('days=12');
    await page.getByRole('link', { name: /^Use the published figures of / }).click();
    await expect.poll(() => figures(page)).toBe(own);
    await page.locator('#field-schools').fill('');
    await page.locator('#field-students').fill('');
    await page.locator('#field-students').press('Tab');
    await asks();
    await expect.poll(async () => [figures(page), await inFields(page)]).toEqual([own, own]);
    await shows(page, own);
    await page.locator('#field-days').fill('7');
    await page.locator('#field-days').press('Tab');
    await asks();
    await expect.poll(() => figures(page)).toBe(`${own}&days=7`);
    await page.getByRole('link', { name: /Remove the filter Your figures/ }).click();
    await expect.poll(async () => [figures(page), await inFields(page)]).toEqual([own, own]);
  });

  test('are the same on the page of a partner', async () => {
    const page = await site.browser.visitor({ javaScript });
    const own = await published(page);
    await page.goto('/demo/partners');
    const address = (await page.locator('.matrix-table__name').first().getAttribute('href')) ?? '';
    expect(address).toContain(own);
    await page.goto(address.split('?')[0] ?? '');
    expect([figures(page), await inFields(page)]).toEqual([own, own]);
    expect(await page.locator('main').innerText()).toContain('In use are the published figures of');
    for (const field of ['#field-schools', '#field-students']) await page.locator(field).fill('');
    await page.getByRole('button', { name: 'Work out the cost' }).click();
    await expect.poll(async () => [figures(page), await inFields(page)]).toEqual([own, own]);
    await page.goto(`${address.split('?')[0]}?teachers=many`);
    expect(await page.locator('#field-teachers').inputValue()).toBe('many');
  });
});

test('no more than two calls of the API make the page, beside that of the session', async () => {
  const calls = async (page: Page) => {
    const answer = await page.goto('/demo/partners');
    return /calls=(\d+)/.exec(answer?.headers()['x-capacity'] ?? '')?.[1];
  };
  const page = await site.browser.visitor({ javaScript: false });
  expect(await calls(page)).toBe('2');
  await signInAs(page, 'demo-district-1-lead', '/privacy');
  expect(await calls(page)).toBe('2');
});

describe('the matrix with JavaScript', () => {
  test('filters, searches, sorts and pages without a request, and the address follows', async () => {
    const page = await site.browser.visitor();
    const requests = await ready(page, '/demo/partners');
    await page.locator(strongTeaching).click();
    await shows(page, 'area=strong-teaching');
    expect(new URL(page.url()).search).toBe('?area=strong-teaching');

    const search = page.getByLabel('Name or words of the listing');
    await enterSearch(page, requests);
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

  test('is worked by the keyboard: the count is announced and the focus stays', async () => {
    const page = await site.browser.visitor();
    await ready(page, '/demo/partners');
    const focused = () => page.evaluate(() => document.activeElement?.id ?? '');
    for (let stops = 0; stops < 40 && (await focused()) !== 'filter-area-strong-teaching'; stops += 1) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Space');
    await shows(page, 'area=strong-teaching');
    expect(await focused()).toBe('filter-area-strong-teaching');
    const { total } = await asked('area=strong-teaching');
    expect(await page.getByRole('status').first().innerText()).toContain(`${total} partners match`);
  });

  test.each([
    ['without JavaScript', false],
    ['with JavaScript', true],
  ])('says what it searched for in place of a word that nobody has, %s', async (_how, javaScript) => {
    const page = await site.browser.visitor({ javaScript });
    if (javaScript) {
      const requests = await ready(page, '/demo/partners');
      await enterSearch(page, requests);
      await page.locator('#field-q').fill('lerning');
      await shows(page, 'q=lerning');
      expect(requests).toEqual([]);
    } else await page.goto('/demo/partners?q=lerning');
    const note = page.locator('.left-out li', { hasText: 'No listing has “lerning”' });
    expect(await note.innerText()).toContain('learning');
    await shows(page, 'q=lerning');
    expect((await names(page)).length).toBeGreaterThan(0);
  });

  test.each([
    ['this browser', true],
    ['the server', false],
  ])('ends where the last of several quick clicks leads, answered by %s', async (_who, here) => {
    const page = await site.browser.visitor();
    if (here) await ready(page, '/demo/partners');
    else {
      await page.route('**/matrix/*', (route) => route.abort());
      await page.goto('/demo/partners');
      await page.waitForLoadState('networkidle');
    }
    const clicks = async (labels: readonly string[]) =>
      page.evaluate((given) => {
        for (const label of given) document.querySelector<HTMLElement>(label)?.click();
      }, labels);
    const wellbeing = strongTeaching.replace('strong-teaching', 'student-wellbeing');
    await clicks([strongTeaching, wellbeing, strongTeaching]);
    await shows(page, 'area=student-wellbeing');
    await expect.poll(() => new URL(page.url()).search).toBe('?area=student-wellbeing');
    await clicks([wellbeing, wellbeing]);
    await page.waitForTimeout(500);
    await shows(page, 'area=student-wellbeing');
    expect(new URL(page.url()).search).toBe('?area=student-wellbeing');
    expect(await page.locator('input[name="area"]:checked').count()).toBe(1);
  });

  // The limit is 70 kB for everybody; what is below it is room for the engine, and for what is not thought of yet.
  test.each([
    ['the public', undefined, 68_000],
    ['who may ask partners', 'demo-district-1-lead', 70_000],
  ])('weighs less than 70 kB for %s', async (_whom, person, most) => {
    const page = await site.browser.visitor();
    if (person !== undefined) await signInAs(page, person, '/privacy');
    // A page of its own, so that nothing stands in its memory yet.
    const fresh = await page.context().newPage();
    const scripts = new Set<string>();
    fresh.on('response', (answer) => {
      const { pathname } = new URL(answer.url());
      if (pathname.endsWith('.js')) scripts.add(pathname);
    });
    await ready(fresh, '/demo/partners');
    // What only filtering needs is loaded by now too. By the keyboard: a mouse over a link loads the page behind it.
    await fresh.locator('#filter-area-strong-teaching').press('Space');
    await shows(fresh, `area=strong-teaching&${figures(fresh)}`);
    const texts = [...scripts].map((path) => readFileSync(join(built(), path), 'utf8'));
    const bytes = texts.reduce((sum, text) => sum + brotliCompressSync(text).byteLength, 0);
    expect(scripts.size).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(most);
  });
});

test('no page carries the schema library, which weighs as much as a page', () => {
  const scripts = readdirSync(built(), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(40);
  expect(scripts.filter((name) => readFileSync(join(built(), name), 'utf8').includes('_zod'))).toEqual([]);
});

describe('the link to the list as of now', () => {
  test.each([
    ['without JavaScript', false],
    ['with JavaScript', true],
  ])('pins the instant, %s', async (_how, javaScript) => {
    const page = await site.browser.visitor({ javaScript });
    await page.goto('/demo/partners?area=strong-teaching&sort=name');
    const link = page.getByRole('link', { name: /^Link to this list as of / });
    const pinned = new URL((await link.getAttribute('href')) ?? '', site.address).searchParams.get('at') ?? '';
    expect(Math.abs(Date.parse(pinned) - Date.now())).toBeLessThan(60_000);
    await link.click();
    await page.waitForURL(/[?&]at=/);
    await shows(page, `area=strong-teaching&sort=name&at=${pinned}`);
    expect(new URL(page.url()).searchParams.get('at')).toBe(pinned);
    const bar = page.locator('.results-bar__instant');
    expect(await bar.innerText()).toMatch(/^Dates are read for .*; other figures are current\./);
    await assertFits(page, 'a pinned list');
    await page.getByRole('link', { name: /Remove the filter Dates read for/ }).click();
    await link.waitFor();
    expect(new URL(page.url()).searchParams.get('at')).toBeNull();
  });
});

test('the note of those whose evidence is not known gives exactly what it counts', async () => {
  const page = await site.browser.visitor({ javaScript: false });
  const [population = ''] = Object.keys((await asked('')).facets.population);
  await page.goto(`/demo/partners?tier=3&population=${population}`);
  const note = page.locator('.left-out li', { hasText: 'may fit' });
  expect(await note.innerText()).toMatch(/leaves? the tier or students open/);
  const more = Number.parseInt(await note.innerText(), 10);
  const total = Number.parseInt(await counted(page), 10) || 0;
  await note.getByRole('link').click();
  expect(Number.parseInt(await counted(page), 10)).toBe(total + more);
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

import { describe, expect, test } from 'vitest';
import { listOn, names, strongTeaching } from './list.ts';
import { testSite } from './site.ts';

const site = testSite();
const { asked, ready, shows } = listOn(site);

describe('a list of which the rows in the window are drawn first', () => {
  test('keeps open what is open of a partner that stays', async () => {
    const page = await site.browser.visitor();
    await ready(page, '/demo/partners');
    const before = await names(page);
    const { partners } = await asked('area=strong-teaching');
    // Further up than before, and below the window, where rows are drawn later.
    const name = partners.findLast((one) => before.indexOf(one.name) > partners.indexOf(one))?.name;
    if (name === undefined) throw new Error('Nobody stood further down before.');
    const why = page.locator('tr', { hasText: name }).locator('.why-here');
    await why.locator('summary').click();
    await page.locator(strongTeaching).click();
    await shows(page, 'area=strong-teaching');
    expect(await why.getAttribute('open')).not.toBeNull();
    expect(await page.locator('.why-here[open]').count()).toBe(1);
  });

  test('makes a row the next partner’s, as whole as a new one', async () => {
    const page = await site.browser.visitor();
    await ready(page, '/demo/partners');
    const before = await names(page);
    const rows = page.locator('tbody tr');
    const same = await page.evaluateHandle(() => document.querySelector('tbody tr'));
    await page.locator(strongTeaching).click();
    await shows(page, 'area=strong-teaching');
    expect((await names(page))[0]).not.toBe(before[0]);
    expect(await rows.first().evaluate((row, first) => row === first, same)).toBe(true);
    const reused = await rows.allInnerTexts();
    await page.reload();
    expect(await rows.allInnerTexts()).toEqual(reused);
  });

  test('draws the rows in the window first, and the page keeps its height', async () => {
    const page = await site.browser.visitor();
    await ready(page, '/demo/partners');
    const drawn = await page.evaluate(async (label) => {
      const rows = () => Array.from(document.querySelectorAll('tbody tr'));
      const height = () => document.documentElement.scrollHeight;
      const before = height();
      document.querySelector<HTMLElement>(label)?.click();
      await new Promise((resolve) => setTimeout(resolve));
      const below = rows().filter((row) => row.getBoundingClientRect().top > innerHeight);
      return { below: below.length, rows: rows().length, before, after: height() };
    }, strongTeaching);
    expect(drawn.rows).toBeGreaterThan(0);
    expect(drawn.below).toBeLessThan(3);
    expect(drawn.after).toBeGreaterThanOrEqual(drawn.before);
    await shows(page, 'area=strong-teaching');
    expect(await page.locator('.matrix-results').evaluate((results) => results.style.minHeight)).toBe('');
  });

  test('lets the rows below the window go while a choice is pressed, and brings them back where nothing comes of it', async () => {
    const page = await site.browser.visitor();
    await ready(page, '/demo/partners?area=school-leadership');
    const { partners } = await asked('area=school-leadership');
    const seen = () =>
      page.evaluate(() => {
        const rows = Array.from(document.querySelectorAll('tbody tr'));
        const below = rows.filter((row) => row.getBoundingClientRect().top > innerHeight);
        return { rows: rows.length, below: below.length, height: document.documentElement.scrollHeight };
      });
    const before = await seen();
    expect(before.rows).toBe(partners.length);
    expect(before.below).toBeGreaterThan(0);
    await page.locator(strongTeaching).hover();
    await page.mouse.down();
    expect(await seen()).toEqual({ rows: before.rows - before.below, below: 0, height: before.height });
    await page.locator('h1').hover();
    await page.mouse.up();
    await expect.poll(seen).toEqual(before);
    await shows(page, 'area=school-leadership');
    expect(await page.locator('.matrix-results').evaluate((results) => results.style.minHeight)).toBe('');
  });

  test('keeps a filter that was chosen a moment before the order', async () => {
    const page = await site.browser.visitor();
    await ready(page, '/demo/partners');
    await page.evaluate(async (label) => {
      document.querySelector<HTMLElement>(label)?.click();
      await new Promise((resolve) => setTimeout(resolve));
      const order = document.querySelector<HTMLSelectElement>('#field-sort');
      if (order !== null) order.value = 'name';
      order?.dispatchEvent(new Event('change', { bubbles: true }));
    }, strongTeaching);
    await shows(page, 'area=strong-teaching&sort=name');
    await expect.poll(() => new URL(page.url()).search).toBe('?area=strong-teaching&sort=name');
  });

  test('never writes over what is being typed, also where the server answers', async () => {
    const page = await site.browser.visitor();
    // Frames take long, as on a slow phone.
    await page.addInitScript(() => {
      const frame = requestAnimationFrame;
      window.requestAnimationFrame = (call) => frame(() => setTimeout(() => call(performance.now()), 150));
    });
    await page.route('**/matrix/*', (route) => route.abort());
    await page.goto('/demo/partners');
    await page.waitForLoadState('networkidle');
    const field = page.locator('#field-q');
    await field.focus();
    const typed = 'teaching';
    for (let length = 1; length <= typed.length; length += 1) {
      await page.keyboard.type(typed.charAt(length - 1));
      await page.waitForTimeout(140);
      expect(await field.inputValue()).toBe(typed.slice(0, length));
    }
    await shows(page, `q=${typed}`);
  });

  test('comes back to where it was scrolled', async () => {
    const page = await site.browser.visitor();
    await ready(page, '/demo/partners?area=strong-teaching');
    const { total } = await asked('area=strong-teaching');
    const scrolled = () => page.evaluate(() => Math.round(scrollY));
    await page.getByRole('link', { name: 'Next page' }).scrollIntoViewIfNeeded();
    const before = await scrolled();
    expect(before).toBeGreaterThan(1_000);
    const last = Math.ceil(total / 20);
    await page.getByRole('link', { name: `Last page, page ${last}` }).click();
    await shows(page, `area=strong-teaching&page=${last}`);
    await expect.poll(scrolled).toBe(0);
    await page.goBack();
    await shows(page, 'area=strong-teaching');
    await expect.poll(scrolled).toBe(before);
  });
});

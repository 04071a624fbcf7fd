import type { Page, Request } from 'playwright-core';
import { expect } from 'vitest';

/** The box itself is drawn by its label. */
export const strongTeaching = 'label[for="filter-area-strong-teaching"]';

interface CountAnswer {
  readonly total: number;
  readonly facets: { readonly population: Readonly<Record<string, number>> };
  readonly partners: readonly {
    readonly id: string;
    readonly name: string;
    readonly areas: readonly { readonly status: string }[];
  }[];
}

/** The figures in the address, as the API takes them: without JavaScript an empty field leaves its word there. */
export function figures(page: Page): string {
  const { searchParams } = new URL(page.url());
  const words = ['schools', 'teachers', 'students', 'days'].flatMap((word) => {
    const value = searchParams.get(word);
    return value === null || value === '' ? [] : [[word, value]];
  });
  return new URLSearchParams(words).toString();
}

/** What stands in the fields of the figures, in the same form. */
export async function inFields(page: Page): Promise<string> {
  const words = new URLSearchParams();
  for (const word of ['schools', 'teachers', 'students', 'days']) {
    const value = await page.locator(`#field-${word}`).inputValue();
    if (value !== '') words.set(word, value);
  }
  return words.toString();
}

export const counted = (page: Page) => page.locator('.live-count').innerText();
export const names = (page: Page) => page.locator('.matrix-table__name').allInnerTexts();

/** Enters the field of the search: the two parts of texts to search in come then, once. */
export async function enterSearch(page: Page, requests: string[]): Promise<void> {
  await page.locator('#field-q').focus();
  await expect.poll(() => requests.length).toBe(2);
  for (const request of requests.splice(0)) expect(request).toContain('/matrix/');
}

/** The list of partners of the invented state, asked and looked at on a site. */
export function listOn(site: { readonly address: string }) {
  async function asked(words: string): Promise<CountAnswer> {
    const answer = await fetch(`${site.address}/api/programs/demo/partners?${words}`);
    expect(answer.status).toBe(200);
    return (await answer.json()) as CountAnswer; // the contract's own tests check the shape
  }

  async function shows(page: Page, words: string): Promise<void> {
    const { total, partners } = await asked(words);
    // The count may be the same before and after, the names with their order hardly are.
    await expect.poll(() => names(page)).toEqual(partners.map((partner) => partner.name));
    expect(await counted(page)).toMatch(new RegExp(total === 0 ? '^No partner' : `^${total} partner`));
  }

  /** The page with its snapshot in the browser: from now on no change asks the server. */
  async function ready(page: Page, address: string): Promise<string[]> {
    let parts = 0;
    const arrived = (request: Request): void => {
      if (request.url().includes('/matrix/')) parts += 1;
    };
    page.on('requestfinished', arrived);
    await page.goto(address);
    await expect.poll(() => parts).toBe(2);
    page.off('requestfinished', arrived);
    const requests: string[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      // A mouse that comes to rest over the link of a partner loads the page behind it.
      const isPreload = /\/partners\/[^/.]+(\/changes)?$/.test(pathname);
      if (/\/(api|matrix)\//.test(pathname) && !isPreload) requests.push(request.url());
    });
    return requests;
  }

  return { asked, ready, shows };
}

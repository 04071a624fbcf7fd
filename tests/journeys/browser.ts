import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type Axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { chromiumPath } from '../../infra/local/chromium.js';

export interface JourneyContext {
  readonly address: string;
  readonly dataDir: string;
  readonly browser: JourneyBrowser;
}

/** A file `<name>.journey.ts` exports one as `journey`. It throws where the product disappoints. */
export type Journey = (context: JourneyContext) => Promise<void>;

export interface VisitorOptions {
  readonly javaScript?: boolean;
  readonly width?: number;
  /** Each page opens with axe in it: to send it there afterwards takes three times as long. */
  readonly examined?: boolean;
}

declare global {
  interface Window {
    /** Where a page is looked at by axe. */
    readonly axe?: typeof Axe;
  }
}

const axeScript = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const axeOptions: Axe.RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // Of what is in order, thousands of places a page, nobody reads where it is.
  resultTypes: ['violations'],
  // Styles would be fetched again for rules that nobody asks for.
  preload: { assets: ['media'] },
};

export interface JourneyBrowser {
  /** A visitor with cookies of its own. */
  visitor(options?: VisitorOptions): Promise<Page>;
  close(): Promise<void>;
}

export async function openBrowser(address: string): Promise<JourneyBrowser> {
  const executablePath = await chromiumPath();
  if (executablePath === undefined) throw new Error('There is no Chromium on this machine.');
  const browser: Browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const contexts: BrowserContext[] = [];
  return {
    async visitor({ javaScript = true, width = 1280, examined = false } = {}) {
      const context = await browser.newContext({
        baseURL: address,
        javaScriptEnabled: javaScript,
        viewport: { width, height: 900 },
        acceptDownloads: true,
      });
      context.setDefaultTimeout(15_000);
      contexts.push(context);
      if (examined) await context.addInitScript({ content: axeScript });
      const page = await context.newPage();
      page.on('console', (message) => {
        // a policy violation or a failed hydration is a fault even if the page looks right
        if (message.type() === 'error' && /Content Security Policy|hydration/i.test(message.text())) {
          throw new Error(`${page.url()}: ${message.text()}`);
        }
      });
      return page;
    },
    async close() {
      for (const context of contexts) await context.close();
      await browser.close();
    },
  };
}

/** Signs in as a demonstration person, by the subject that its button on the sign-in page sends. */
export async function signInAs(page: Page, subject: string, back: string): Promise<void> {
  await page.goto(`/api/sign-in?return=${encodeURIComponent(back)}`);
  await page.locator(`button[name="sub"][value="${subject}"]`).click();
  await page.waitForURL((url) => url.pathname + url.search === back);
}

/** WCAG 2.2 AA and best practice, contrast included; and nothing to scroll sideways. */
export async function assertAccessible(page: Page, state: string): Promise<void> {
  assert.equal(page.frames().length, 1, `${state} (${page.url()}) has frames`);
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(axeScript);
  const told = await page.evaluate(async (options) => {
    const { violations } = (await window.axe?.run(document, options)) ?? {};
    if (violations === undefined) throw new Error('There is no axe in this page.');
    return violations.map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target.join(' ')).join('; ')})`,
    );
  }, axeOptions);
  assert.deepEqual(told, [], `${state} (${page.url()}) has accessibility faults`);
  await assertFits(page, state);
}

/** Nothing to scroll sideways. The part of `assertAccessible` that needs no script in the page. */
export async function assertFits(page: Page, state: string): Promise<void> {
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(sideways <= 0, `${state} (${page.url()}) scrolls sideways by ${sideways} pixels`);
}

/** Ticks a checkbox or a radio button by its label: the design system draws the label and moves the input away. */
export async function choose(page: Page, words: string | RegExp): Promise<void> {
  await page.locator('label', { hasText: words }).first().click();
}

import { rmSync } from 'node:fs';
import { afterAll, beforeAll } from 'vitest';
import { parts } from '../../../infra/local/parts.ts';
import { startAll, type Running } from '../../../infra/local/start-all.ts';
import { copyFilledStore } from '../../support/fill-store.ts';
import { openBrowser, type JourneyBrowser } from '../../journeys/browser.ts';

/** The whole site with a store that the seed filled, and a browser, for one test file. */
export function testSite(): { readonly address: string; readonly browser: JourneyBrowser } {
  const found: { dataDir?: string; running?: Running; browser?: JourneyBrowser } = {};
  beforeAll(async () => {
    const dataDir = await copyFilledStore();
    found.dataDir = dataDir;
    found.running = await startAll({ parts, dataDir });
    found.browser = await openBrowser(found.running.address);
  }, 180_000);
  afterAll(async () => {
    await found.browser?.close();
    await found.running?.stop();
    if (found.dataDir !== undefined) rmSync(found.dataDir, { recursive: true, force: true });
  });
  return {
    get address() {
      if (found.running === undefined) throw new Error('The site has not started.');
      return found.running.address;
    },
    get browser() {
      if (found.browser === undefined) throw new Error('The browser has not started.');
      return found.browser;
    },
  };
}

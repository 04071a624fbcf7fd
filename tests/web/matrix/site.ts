import { afterAll, beforeAll } from 'vitest';
import { parts } from '../../../infra/local/parts.ts';
import { startAll, type Running } from '../../../infra/local/start-all.ts';
import { openBrowser, type JourneyBrowser } from '../../journeys/browser.ts';

/** The whole site with an empty store that the seed fills, and a browser, for one test file. */
export function testSite(): { readonly address: string; readonly browser: JourneyBrowser } {
  const found: { running?: Running; browser?: JourneyBrowser } = {};
  beforeAll(async () => {
    found.running = await startAll({ parts });
    found.browser = await openBrowser(found.running.address);
  }, 180_000);
  afterAll(async () => {
    await found.browser?.close();
    await found.running?.stop();
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

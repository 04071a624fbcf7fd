import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { parts } from '../../../infra/local/parts.ts';
import { startAll, type Running } from '../../../infra/local/start-all.ts';
import { copyFilledStore } from '../../support/fill-store.ts';
import { openBrowser, type JourneyBrowser } from '../../journeys/browser.ts';

/** The whole site with a store that the seed filled, and a browser, for one test file. */
export function testSite(): { readonly address: string; readonly browser: JourneyBrowser } {
  const found: { running?: Running; browser?: JourneyBrowser } = {};
  const dataDir = mkdtempSync(join(tmpdir(), 'priority-partners-site-'));
  beforeAll(async () => {
    await copyFilledStore(dataDir);
    found.running = await startAll({ parts, dataDir });
    found.browser = await openBrowser(found.running.address);
  }, 180_000);
  afterAll(async () => {
    await found.browser?.close();
    await found.running?.stop();
    rmSync(dataDir, { recursive: true, force: true });
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

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { shareFilledStore } from '../support/fill-store.ts';
import { openBrowser, type Journey } from './browser.ts';
import { serveInvented, type Served } from './served.ts';

/**
 * `npm run journey -- NAME`: one journey in the real browser, against a server of its own with what
 * `npm start` fills in, or with what the journey itself does. Without a name, every journey in turn: two at once take
 * longer on two cores, of which each journey needs both.
 */
const folder = import.meta.dirname;
const known = readdirSync(folder)
  .filter((file) => file.endsWith('.journey.ts'))
  .map((file) => file.slice(0, -'.journey.ts'.length))
  .sort();

interface JourneyFile {
  readonly journey: Journey;
  readonly serve?: () => Promise<Served>;
}

async function run(name: string): Promise<void> {
  const { journey, serve = serveInvented } = (await import(join(folder, `${name}.journey.ts`))) as JourneyFile; // as its name says
  const started = performance.now();
  const server = await serve();
  const browser = await openBrowser(server.address);
  try {
    await journey({ address: server.address, dataDir: server.dataDir, browser });
    process.stdout.write(`ok   ${name} (${Math.round((performance.now() - started) / 1000)} s)\n`);
  } catch (error) {
    process.stderr.write(`FAILED ${name}\n`);
    throw error;
  } finally {
    await browser.close();
    await server.stop();
  }
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no journey ${unknown.join(', ')}. There are: ${known.join(', ')}.\n`);
  process.exit(1);
}
process.once('exit', shareFilledStore());
for (const name of asked.length > 0 ? asked : known) await run(name);

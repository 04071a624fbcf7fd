import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { shareFilledStore } from '../support/fill-store.ts';
import { openBrowser, type Journey } from './browser.ts';
import { inLanes } from './in-lanes.ts';
import { serveInvented, type Served } from './served.ts';

/**
 * `npm run journey -- NAME`: one journey in the real browser, against a server of its own with what
 * `npm start` fills in, or with what the journey itself does. Without a name, every journey: two at once, and then
 * by itself each that measures.
 */
const folder = import.meta.dirname;
const known = readdirSync(folder)
  .filter((file) => file.endsWith('.journey.ts'))
  .map((file) => file.slice(0, -'.journey.ts'.length))
  .sort();

interface JourneyFile {
  readonly journey: Journey;
  readonly serve?: () => Promise<Served>;
  /** `first`: it takes the longest. `alone`: it measures, and what shares the processor with it would be measured too. */
  readonly when?: 'first' | 'alone';
}

interface NamedJourney extends JourneyFile {
  readonly name: string;
}

async function load(name: string): Promise<NamedJourney> {
  const file = (await import(join(folder, `${name}.journey.ts`))) as JourneyFile; // as its name says
  return { name, ...file };
}

async function run({ name, journey, serve = serveInvented }: NamedJourney): Promise<void> {
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
const journeys = await Promise.all((asked.length > 0 ? asked : known).map(load));
const early = journeys.filter(({ when }) => when === 'first');
const others = journeys.filter(({ when }) => when === undefined);
await inLanes([...early, ...others], 2, run);
for (const one of journeys.filter(({ when }) => when === 'alone')) await run(one);

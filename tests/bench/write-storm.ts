import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type * as z from 'zod';
import { programId } from '#shared/kernel/ids.ts';
import { instantOf } from '#shared/kernel/instants.ts';
import { measured } from '#platform/capacity.ts';
import { theFiles } from '#platform/files.ts';
import { thePrograms } from '#platform/programs.ts';
import { theQueues } from '#platform/queue.ts';
import type { Table } from '#platform/table.ts';
import { verifyMatrix } from '../../functions/catalogue/index.ts';
import { loadManifest } from '../../functions/catalogue/store.ts';
import { startEngine } from '../../infra/local/engine.ts';
import { parts } from '../../infra/local/parts.ts';
import { startAll, type Running } from '../../infra/local/start-all.ts';
import { fillStore } from '../support/fill-store.ts';
import { recordStormPartners } from './storm-partners.ts';
import { stormReport, tableAt, type stormOrder, type StormPartner, type StormReport } from './storm-writer.ts';

/**
 * `npm run storm`: 100 changes a second for 20 seconds on a state of 10,000 partners, as served on this machine.
 * It fails where the published matrix differs from what the states give, or was ever older than 5 seconds, also while
 * every partner is read again; or where a change in calm takes more than 2.
 */

const { values } = parseArgs({
  options: {
    partners: { type: 'string', default: '10000' },
    'per-second': { type: 'string', default: '100' },
    seconds: { type: 'string', default: '20' },
  },
});
const [partners, perSecond, seconds] = [values.partners, values['per-second'], values.seconds].map(Number);

/** The age that no snapshot may reach while changes wait for it, milliseconds. */
const mostAge = 5_000;
/** What half of the changes may take while nothing else happens, milliseconds. */
const mostInCalm = 2_000;
/** So many partners are changed in turn, so that each is changed several times. */
const mostChanged = 300;
/** The machine has other work too. */
const leastOfTheRate = 0.95;

const demo = programId.parse('demo');

/** The store of a new installation, and the listings and approvals of many partners more. */
async function fill(folder: string, count: number): Promise<readonly StormPartner[]> {
  await fillStore(folder);
  const engine = await startEngine({ dataDir: folder });
  try {
    const { history, partners: recorded } = recordStormPartners(count, instantOf(new Date()));
    await history.writeTo(tableAt(engine.endpoint));
    return recorded;
  } finally {
    await engine.stop();
  }
}

async function untilBuilt(table: Table, atLeast: number): Promise<void> {
  for (;;) {
    const manifest = await loadManifest(table, demo, { consistent: true });
    if (manifest !== undefined && manifest.partners >= atLeast) return;
    await sleep(100);
  }
}

/** The writers, in a process of their own, so that they do not wait for what the server does. */
async function storm(order: z.input<typeof stormOrder>): Promise<StormReport> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'storm-writer.ts'), JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => said.push(bytes));
  const [code] = await once(child, 'close');
  assert.equal(code, 0, 'the storm came to its end');
  return stormReport.parse(JSON.parse(Buffer.concat(said).toString()));
}

const folder = mkdtempSync(join(tmpdir(), 'priority-partners-storm-'));
try {
  const recorded = await fill(folder, Number(partners));
  const changed = recorded.filter((_, place) => place % Math.ceil(recorded.length / mostChanged) === 0);
  let running: Running | undefined;
  // Whatever the server's consumers do is charged to this measurement: they are begun inside it.
  const { capacity } = await measured(async () => (running = await startAll({ parts, dataDir: folder })));
  assert.ok(running !== undefined);
  try {
    const table = tableAt(running.tableEndpoint);
    await theQueues().send('matrix', [{ program: demo }]);
    await untilBuilt(table, Number(partners));
    await running.settled();
    const here = {
      endpoint: running.tableEndpoint,
      filesFolder: join(folder, 'files', 'matrix'),
      partners: changed,
    };
    // A storm breaks over a server that has been running, with its code compiled.
    const calm = await storm({ ...here, perSecond: 0.5, seconds: 12 });
    await running.settled();
    // What the clock asks for once a day.
    await theQueues().send('matrix', [{ program: demo }]);
    const daily = await storm({ ...here, perSecond: 0.5, seconds: 12 });
    await running.settled();
    const before = { read: capacity.readUnits, write: capacity.writeUnits };
    const report = await storm({ ...here, perSecond: Number(perSecond), seconds: Number(seconds) });
    await running.settled();
    const program = thePrograms().get(demo);
    assert.ok(program !== undefined);
    const verified = await verifyMatrix(table, theFiles(), program);
    print(calm, daily, report, { read: capacity.readUnits - before.read, write: capacity.writeUnits - before.write });
    assert.equal(verified.fault, undefined, 'the published matrix is what the states give');
    assert.ok(verified.partners >= Number(partners));
    assert.deepEqual(running.queue.deadLetters(), []);
    assert.ok(calm.median < mostInCalm, `In calm a change took ${calm.median} ms, and ${mostInCalm} is the most.`);
    assert.ok(
      daily.oldest < mostAge,
      `While all were read a change took ${daily.oldest} ms, and ${mostAge} is the most.`,
    );
    assert.ok(report.oldest < mostAge, `The snapshot was ${report.oldest} ms old, and ${mostAge} is the most.`);
    assert.ok(
      report.perSecond >= Number(perSecond) * leastOfTheRate,
      `Only ${report.perSecond} changes a second were acknowledged.`,
    );
  } finally {
    await running.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
// The functions' clients keep their connections.
process.exit(0);

function print(
  calm: StormReport,
  daily: StormReport,
  report: StormReport,
  followed: { readonly read: number; readonly write: number },
): void {
  const each = (units: number): string => (units / report.changes).toFixed(1);
  // Of each change, the change itself, and one position and more for each consumer that hears it.
  console.log(
    `In calm a change was in the snapshot after ${calm.median} ms (half of them), and after ${calm.oldest} ms at the latest.`,
  );
  console.log(
    `While every partner was read again, after ${daily.median} ms (half of them), and after ${daily.oldest} ms at the latest.`,
  );
  console.log(
    `${report.changes} changes of ${partners} partners, ${report.perSecond} transactions a second; ${report.published} snapshots were published.`,
  );
  console.log(
    `A change was in the snapshot after ${report.median} ms (half of them), and after ${report.oldest} ms at the latest.`,
  );
  console.log(
    `A change cost ${each(report.readUnits)} read and ${each(report.writeUnits)} write units, and what followed from it ${each(followed.read)} and ${each(followed.write)}.`,
  );
}

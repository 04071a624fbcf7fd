import { setTimeout as sleep } from 'node:timers/promises';
import { defectOf, logLine } from './log-line.ts';
import { parts } from './parts.ts';
import { startAll, type Running } from './start-all.ts';
import { StartRefusal } from './start-refusal.ts';

/** `npm start`: everything on one port of this machine until it is told to stop. */
async function main(): Promise<void> {
  const dataDir = process.env['DATA_DIR'] || '.data';
  const tableEndpoint = process.env['DYNAMODB_ENDPOINT'];
  let running: Running | undefined;
  let stopping = false;

  const stop = async (code: number): Promise<void> => {
    // Ctrl-C reaches us directly and through npm: the second time is the same wish.
    if (stopping) return;
    stopping = true;
    void sleep(8_000, undefined, { ref: false }).then(() => process.exit(code === 0 ? 1 : code));
    await running?.stop();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  // The bootstrap holds the other end: when it is killed, nobody is left who could stop us.
  process.on('disconnect', () => void stop(0));
  process.channel?.unref();

  running = await startAll({
    parts,
    dataDir,
    port: portOf(process.env['PORT']),
    testClock: process.env['TEST_CLOCK'] === '1',
    ...(tableEndpoint === undefined || tableEndpoint === '' ? {} : { tableEndpoint }),
  });
  if (stopping) await running.stop();
  void running.engineEnded.then(() => {
    if (stopping) return;
    logLine('main', 'The database engine ended by itself; stopping.');
    void stop(1);
  });
  process.stdout.write(
    `Priority Partners is ready at ${running.address} (sign in there as a demonstration person; mail is at ${running.address}/mailbox; data is in ${dataDir}).\n`,
  );
}

function portOf(text: string | undefined): number {
  if (text === undefined || text === '') return 3000;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new StartRefusal(`PORT must be a number up to 65535, not "${text}".`);
  return Number(text);
}

main().catch((error: unknown) => {
  if (error instanceof StartRefusal) process.stderr.write(`${error.message}\n`);
  else logLine('main', 'The start failed.', defectOf(error));
  process.exit(1);
});

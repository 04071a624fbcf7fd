import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { answerTestClock, movableClock, wallClock, type MovableClock } from './clock.ts';
import { readableFolder } from './data-folder.ts';
import { createTable, enableStream, startEngine, type Engine } from './engine.ts';
import { environmentFor, tableName } from './environment.ts';
import { openGateway, type Gateway } from './gateway.ts';
import { startIdentity, type Identity } from './identity.ts';
import { loadExport, loadHandler, type LambdaHandler } from './lambda.ts';
import { startMailbox, type Mailbox } from './mailbox.ts';
import type { Parts } from './parts.ts';
import { queueFiles, startQueue, type Queue, type QueueReader } from './queue.ts';
import { startSchedule } from './schedule.ts';
import { secretsIn, type Secrets } from './secrets.ts';
import type { DemonstrationPerson } from './sign-in-page.ts';
import { startStreams } from './streams.ts';

export interface StartOptions {
  readonly parts: Parts;
  /** Keeps everything there; without it everything is in memory or in a folder that goes at the end. */
  readonly dataDir?: string;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Another DynamoDB-compatible engine to use instead of the embedded one. */
  readonly tableEndpoint?: string;
  /** Lets tests move the present. */
  readonly testClock?: boolean;
}

export interface Running {
  /** The one address, `http://localhost:<port>`. */
  readonly address: string;
  readonly tableEndpoint: string;
  readonly mailbox: Pick<Mailbox, 'list'>;
  readonly queue: Pick<Queue, 'deadLetters' | 'replay'>;
  /** Present with `testClock`. */
  readonly clock: MovableClock | undefined;
  /** Resolves when the engine ends by itself. */
  readonly engineEnded: Promise<void>;
  /** Resolves when every consumer has handled all that was written before the call, and what followed from it. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** The last started part is stopped first. */
class Stops {
  readonly #stops: (() => void | Promise<void>)[] = [];

  add(stop: () => void | Promise<void>): void {
    this.#stops.push(stop);
  }

  async all(): Promise<void> {
    for (let stop = this.#stops.pop(); stop !== undefined; stop = this.#stops.pop()) await stop();
  }
}

/**
 * Starts every part in order and sets the functions' environment in this process, so one process
 * runs it once at a time. Throws StartRefusal, with everything stopped again, when a part cannot start.
 */
export async function startAll(options: StartOptions): Promise<Running> {
  const stops = new Stops();
  try {
    return await start(options, stops);
  } catch (error) {
    await stops.all();
    throw error;
  }
}

async function start(options: StartOptions, stops: Stops): Promise<Running> {
  const { parts } = options;
  const movable = options.testClock === true ? movableClock() : undefined;
  const clock = movable ?? wallClock;

  // First what may be refused, so that a busy port costs nobody a wait.
  const gateway = await openGateway(options.port ?? 0);
  stops.add(() => gateway.stop());
  const engine = await engineFor(options);
  stops.add(() => engine.stop());
  const pages = await parts.pages();
  stops.add(() => pages.release());
  const folder = folderFor(options, stops);
  const kept = options.dataDir === undefined ? undefined : folder;
  const secrets = secretsIn(kept && join(kept, 'secrets.json'));
  const mailbox = await startMailbox({ clock, ...(kept === undefined ? {} : { folder: join(kept, 'mail') }) });
  stops.add(() => mailbox.stop());
  const { file, deadLetterFile } = queueFiles(folder);
  const queue = await startQueue({ file: kept === undefined ? ':memory:' : file, deadLetterFile, clock });
  stops.add(() => queue.stop());
  await createTable(engine.endpoint, tableName, { stream: false });

  const identity = identityFor(parts, gateway, secrets);
  const filesFolder = join(folder, 'files');
  mkdirSync(filesFolder, { recursive: true });
  const queueUrls = Object.fromEntries(Object.keys(parts.consumers).map((name) => [name, queue.urlOf(name)]));
  Object.assign(
    process.env,
    environmentFor(
      {
        port: gateway.port,
        tableEndpoint: engine.endpoint,
        queueEndpoint: queue.endpoint,
        queueUrls,
        mailUrl: mailbox.url,
        filesFolder,
        auditFolder: join(folder, 'audit'),
        identityClient: identity.clientId,
      },
      secrets,
    ),
  );

  // A bulk load is many times faster before the stream is on; what it causes is built from the journal.
  if (parts.store !== undefined) {
    const prepareStore = await loadExport(parts.store, 'prepareStore');
    await Reflect.apply(prepareStore, undefined, [{ endpoint: engine.endpoint, tableName }]);
  }
  await enableStream(engine.endpoint, tableName);

  const readers = new Map<string, QueueReader>();
  for (const [name, { handler, ...how }] of Object.entries(parts.consumers))
    readers.set(name, { handler: await loadHandler(handler), ...how });
  queue.deliverTo(readers);
  const streams =
    parts.relay === undefined
      ? undefined
      : startStreams({
          endpoint: engine.endpoint,
          tableName,
          relay: await loadHandler(parts.relay),
          ...(kept === undefined ? {} : { placeFile: join(kept, 'stream-place.json') }),
        });
  stops.add(async () => streams?.stop());
  const schedule = parts.clock === undefined ? undefined : startSchedule(await loadHandler(parts.clock), clock);
  stops.add(async () => schedule?.stop());

  const handlers = new Map<string, LambdaHandler>();
  for (const { handler } of parts.api) handlers.set(handler, handlers.get(handler) ?? (await loadHandler(handler)));
  gateway.serve({
    clock,
    api: parts.api.flatMap(({ method, path, handler }) => {
      const value = handlers.get(handler);
      return value === undefined ? [] : [{ method, path, value }];
    }),
    web: await loadHandler(pages.handler),
    webFiles: pages.files,
    matrixFiles: join(filesFolder, 'matrix'),
    identity: identity.handle,
    mailbox: mailbox.handle,
    ...(movable === undefined ? {} : { testClock: (request, response) => answerTestClock(movable, request, response) }),
  });

  return {
    address: `http://localhost:${gateway.port}`,
    tableEndpoint: engine.endpoint,
    mailbox,
    queue,
    clock: movable,
    engineEnded: engine.ended,
    async settled() {
      // A consumer may write events of its own; two quiet rounds in a row have none left over.
      for (let round = 0; round < 2; round += 1) {
        await streams?.settled();
        await queue.settled();
      }
    },
    stop: () => stops.all(),
  };
}

async function engineFor(options: StartOptions): Promise<Engine> {
  if (options.tableEndpoint === undefined) {
    return await startEngine(options.dataDir === undefined ? {} : { dataDir: options.dataDir });
  }
  // Somebody else's engine runs on when we stop.
  return { endpoint: options.tableEndpoint, ended: new Promise<void>(() => undefined), stop: async () => undefined };
}

function folderFor(options: StartOptions, stops: Stops): string {
  if (options.dataDir !== undefined) {
    return readableFolder(resolve(options.dataDir));
  }
  const folder = mkdtempSync(join(tmpdir(), 'priority-partners-'));
  stops.add(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const person = z.object({
  sub: z.string(),
  name: z.string(),
  email: z.string(),
  program: z.string(),
  organization: z.string(),
  role: z.string(),
});

function identityFor(parts: Parts, gateway: Gateway, secrets: Secrets): Identity {
  const origin = `http://localhost:${gateway.port}`;
  return startIdentity({
    issuer: `${origin}/identity`,
    secrets,
    returnTo: parts.signIn.returnPaths.map((path) => origin + path),
    signedOutTo: parts.signIn.signedOutPaths.map((path) => origin + path),
    people: async (): Promise<readonly DemonstrationPerson[]> => {
      if (parts.people === undefined) return [];
      return z.array(person).parse(await Reflect.apply(await loadExport(parts.people, 'people'), undefined, []));
    },
  });
}

import { createHash, randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { unreadable } from './json-file.ts';

const row = z.object({
  id: z.string(),
  body: z.string(),
  receives: z.int(),
  sent: z.number(),
  first_received: z.number().nullable(),
});

export interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  /** How often it has been handed out, this time included. */
  readonly receives: number;
  /** Milliseconds since 1970, by the clock of the parts. */
  readonly sent: number;
  readonly firstReceived: number;
}

const layout = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS messages (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    consumer TEXT NOT NULL,
    body TEXT NOT NULL,
    sent REAL NOT NULL,
    visible REAL NOT NULL,
    receives INTEGER NOT NULL DEFAULT 0,
    first_received REAL
  );
  CREATE INDEX IF NOT EXISTS by_consumer ON messages (consumer, visible, position);
`;

function openDatabase(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    database.exec(layout);
    return database;
  } catch {
    database?.close();
    throw unreadable(file);
  }
}

/** Messages waiting for consumers: on disk, so that a message once accepted survives a kill. */
export class QueueStore {
  readonly #database: DatabaseSync;

  /** Throws StartRefusal when the file is damaged. */
  constructor(file: string) {
    this.#database = openDatabase(file);
  }

  /** @param visible when it may be handed out first, by the wall clock, as with `receive` and `giveBack`. */
  add(consumer: string, body: string, sent: number, visible: number): string {
    const id = randomUUID();
    this.#database
      .prepare('INSERT INTO messages (id, consumer, body, sent, visible) VALUES (?, ?, ?, ?, ?)')
      .run(id, consumer, body, sent, visible);
    return id;
  }

  /** Takes up to `limit` messages and hides them until `hiddenUntil`. `received` is told to the consumer. */
  receive(consumer: string, now: number, limit: number, hiddenUntil: number, received: number): QueuedMessage[] {
    return this.#database
      .prepare(
        `UPDATE messages SET receives = receives + 1, visible = ?, first_received = COALESCE(first_received, ?)
         WHERE position IN (SELECT position FROM messages WHERE consumer = ? AND visible <= ? ORDER BY position LIMIT ?)
         RETURNING id, body, receives, sent, first_received`,
      )
      .all(hiddenUntil, received, consumer, now, limit)
      .map((found) => row.parse(found))
      .map(({ first_received, ...message }) => ({ ...message, firstReceived: first_received ?? received }));
  }

  remove(id: string): void {
    this.#database.prepare('DELETE FROM messages WHERE id = ?').run(id);
  }

  giveBack(id: string, visible: number): void {
    this.#database.prepare('UPDATE messages SET visible = ? WHERE id = ?').run(visible, id);
  }

  /** After a restart nobody holds a message any more: all may be handed out at once. */
  giveBackAll(now: number): void {
    this.#database.prepare('UPDATE messages SET visible = ? WHERE receives > 0 AND visible > ?').run(now, now);
  }

  /** The messages that are waiting, being handled or due for another try, by consumer. */
  counts(): ReadonlyMap<string, number> {
    const counted = z.object({ consumer: z.string(), number: z.int() });
    const rows = this.#database.prepare('SELECT consumer, COUNT(*) AS number FROM messages GROUP BY consumer').all();
    return new Map(rows.map((found) => counted.parse(found)).map((found) => [found.consumer, found.number]));
  }

  /** When the next message of this consumer may be handed out; undefined when it has none. */
  nextVisible(consumer: string): number | undefined {
    const found = this.#database
      .prepare('SELECT MIN(visible) AS visible FROM messages WHERE consumer = ?')
      .get(consumer);
    return z.object({ visible: z.number().nullable() }).parse(found).visible ?? undefined;
  }

  close(): void {
    this.#database.close();
  }
}

/** SQS answers this digest of what it received, and the AWS client compares it with what it sent. */
export function bodyDigest(body: string): string {
  return createHash('md5').update(body).digest('hex');
}

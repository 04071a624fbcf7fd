import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { afterAll, expect, test } from 'vitest';
import { chainFault, commit, load, readEvents, type AggregateKey } from '#platform/aggregates.ts';
import { DynamoTable } from '#platform/dynamo-table.ts';
import { programId } from '#shared/kernel/ids.ts';
import { instant } from '#shared/kernel/instants.ts';
import { createTable, startEngine } from '../../infra/local/engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'priority-partners-kill-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const name = 'priority-partners';
const state = z.object({ count: z.int() });
const at = instant.parse('2026-03-01T12:00:00.000Z');
const keys = ['a', 'b', 'c'].map((word): AggregateKey => ({
  partition: `COUNTER#${word}`,
  name: 'counter',
  program: programId.parse('demo'),
}));

test('a kill at any moment loses no acknowledged change and leaves no half of one', { timeout: 60_000 }, async () => {
  process.env['AWS_REGION'] ??= 'us-east-1';
  process.env['AWS_ACCESS_KEY_ID'] ??= 'local';
  process.env['AWS_SECRET_ACCESS_KEY'] ??= 'local';
  const acknowledged = new Map<string, number>();
  for (let round = 0; round < 6; round += 1) {
    const engine = await startEngine({ dataDir: folder });
    await createTable(engine.endpoint, name);
    const table = new DynamoTable(new DynamoDBClient({ endpoint: engine.endpoint, maxAttempts: 1 }), name);
    for (const key of keys) {
      const [stored, events] = [await load(table, key, state), await readEvents(table, key)];
      const count = stored?.state.count ?? 0;
      expect(count).toBeGreaterThanOrEqual(acknowledged.get(key.partition) ?? 0);
      expect(events).toHaveLength(count);
      expect(chainFault(events, stored?.head ?? '')).toBeUndefined();
      acknowledged.set(key.partition, count);
    }
    const { pid } = z.object({ pid: z.int() }).parse(JSON.parse(readFileSync(join(folder, 'engine.json'), 'utf8')));
    const writers = keys.map(async (key) => {
      for (;;) {
        const before = await load(table, key, state);
        const next = { count: (before?.state.count ?? 0) + 1 };
        const decision = { next, fact: { type: 'tests.counted', data: { to: next.count } } };
        const written = await commit(table, [{ key, before, decision }], at, { kind: 'system', part: 'test' });
        if (written.ok) acknowledged.set(key.partition, next.count);
      }
    });
    const ended = Promise.allSettled(writers);
    await sleep(150 + round * 37);
    process.kill(pid, 'SIGKILL');
    const outcomes = await ended;
    expect(outcomes.every((outcome) => outcome.status === 'rejected')).toBe(true);
    await engine.stop();
  }
  expect(Math.min(...acknowledged.values())).toBeGreaterThan(5);
});

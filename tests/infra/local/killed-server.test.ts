import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { newId } from '#platform/ids.ts';
import { districtRequestPage } from '#shared/engagements/contract.ts';
import type { RequestId } from '#shared/kernel/ids.ts';
import { freePort } from '../../../infra/local/free-port.ts';
import { scratchFolder } from './scratch-folder.ts';

const bootstrap = join(import.meta.dirname, '../../../infra/local/bootstrap.js');
/** Partners of the invented state that are approved in the area and have an account. */
const asked = ['drummadell-improvement-lab', 'ondrutter-youth-guild', 'corvinombrey-instruction-collaborative'];
const area = 'student-wellbeing';

interface Started {
  readonly bootstrap: ChildProcess;
  /** What the bootstrap handed over to: the server itself. */
  readonly server: number;
}

/** What `npm start` runs, as it runs it. */
async function npmStart(environment: Readonly<Record<string, string>>): Promise<Started> {
  const child = spawn(process.execPath, [bootstrap, 'start'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The server ended with ${String(code)} before it was ready.`);
  });
  const ready = (async () => {
    for await (const chunk of child.stdout) if (String(chunk).includes('is ready at')) return;
  })();
  await Promise.race([ready, ended]);
  ended.catch(() => undefined);
  child.stdout.resume();
  const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ');
  expect(children).toHaveLength(1);
  return { bootstrap: child, server: Number(children[0]) };
}

/** Signs a demonstration person in by the embedded provider's pages; answers the session's cookie. */
async function signedIn(address: string, subject: string): Promise<string> {
  const cookies = new Map<string, string>();
  const follow = async (at: URL, form?: Readonly<Record<string, string>>): Promise<URL> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const sent = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) };
    const answer = await fetch(at, { ...sent, redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      cookies.set(name, value);
    }
    return new URL(answer.headers.get('location') ?? '', address);
  };
  let at = new URL('/api/sign-in?return=/demo', address);
  while (at.pathname !== '/demo') {
    const chooses = at.pathname.startsWith('/identity/interaction/');
    at = await follow(at, chooses ? { sub: subject } : undefined);
  }
  return `__Host-session=${cookies.get('__Host-session')}`;
}

class District {
  readonly #address: string;
  readonly #cookie: string;

  constructor(address: string, cookie: string) {
    this.#address = address;
    this.#cookie = cookie;
  }

  async ask(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly value: unknown }> {
    const answer = await fetch(`${this.#address}/api/programs/demo/requests${path}`, {
      method,
      headers: { cookie: this.#cookie, origin: this.#address, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, value: await answer.json() };
  }
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const content = {
  need: { title: 'Principals who coach', words: 'Eight principals learn to coach.' },
  area,
  wantedStart: inDays(400).toISOString().slice(0, 10),
  replyBy: inDays(14).toISOString(),
  asked,
};
const versioned = z.looseObject({ version: z.int() });

type Acknowledged = Map<RequestId, 'draft' | 'sent'>;

/** Drafts and sends until nobody answers; notes what was acknowledged, and what was only tried. */
async function writeUntilCutOff(district: District, acknowledged: Acknowledged, tried: Set<RequestId>): Promise<void> {
  try {
    for (;;) {
      const id = newId('req');
      tried.add(id);
      const drafted = await district.ask('POST', '', { id, content });
      if (drafted.status === 429) return;
      expect(drafted.status, JSON.stringify(drafted.value)).toBe(200);
      acknowledged.set(id, 'draft');
      const { version } = versioned.parse(drafted.value);
      const sent = await district.ask('POST', `/${id}/send`, { version });
      if (sent.status === 429) return;
      expect(sent.status, JSON.stringify(sent.value)).toBe(200);
      acknowledged.set(id, 'sent');
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // fetch found nobody
  }
}

async function verified(environment: Readonly<Record<string, string>>): Promise<{ code: unknown; told: string }> {
  const child = spawn(process.execPath, [bootstrap, 'verify'], { env: { ...process.env, ...environment } });
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
  const [code] = await once(child, 'close');
  return { code, told };
}

test.runIf(process.platform === 'linux')(
  'a server that is killed amid requests loses nothing that it acknowledged and leaves no half of a change',
  { timeout: 300_000 },
  async () => {
    const port = await freePort();
    const address = `http://localhost:${port}`;
    const environment = { PORT: String(port), DATA_DIR: scratchFolder() };
    const first = await npmStart(environment);
    const district = new District(address, await signedIn(address, 'demo-district-1-lead'));
    const [acknowledged, tried]: [Acknowledged, Set<RequestId>] = [new Map(), new Set()];
    const writers = Array.from({ length: 6 }, async () => writeUntilCutOff(district, acknowledged, tried));
    const sent = () => [...acknowledged.values()].filter((one) => one === 'sent').length;
    for (let waited = 0; sent() < 12 && waited < 60_000; waited += 10) await sleep(10);
    process.kill(first.server, 'SIGKILL');
    await Promise.all([...writers, once(first.bootstrap, 'exit')]);
    expect(sent()).toBeGreaterThanOrEqual(12);
    // each of the six was in the middle of something
    expect(tried.size).toBeGreaterThan(sent());

    await npmStart(environment);
    for (const id of tried) {
      const { status, value } = await district.ask('GET', `/${id}`);
      const known = acknowledged.get(id);
      if (known === undefined && status === 404) continue;
      expect([id, status]).toEqual([id, 200]);
      const page = districtRequestPage.parse(value);
      if (known === 'sent') expect(page.status).not.toBe('draft');
      expect(page.invitations.map((one) => one.invitation.partner)).toEqual(page.status === 'draft' ? [] : asked);
    }

    // What follows from the changes takes a moment after the start.
    let outcome = await verified(environment);
    for (let tries = 0; outcome.code !== 0 && tries < 4; tries += 1) {
      await sleep(2_000);
      outcome = await verified(environment);
    }
    expect(outcome, outcome.told).toMatchObject({ code: 0 });
    expect(outcome.told).not.toContain('DIFFERS');
  },
);

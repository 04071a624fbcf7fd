import type { MatrixQuery } from '#shared/catalogue/matrix/query-words.ts';
import type { MatrixColumns } from '#shared/catalogue/matrix/columns.ts';
import type { Means } from '#shared/catalogue/matrix/filter.ts';
import { singlePass } from '#shared/catalogue/matrix/single-pass.ts';
import { decodeSnapshot } from '#shared/catalogue/matrix/snapshot.ts';
import { instantAt } from '#shared/kernel/iso-text.ts';
import type { ProgramFacts } from '#lib/api.ts';
import { termsOf } from './address.ts';
import type { MatrixPageAnswer } from './answer.ts';
import { localAnswer, type LocalMatrix } from './local-answer.ts';
import { matrixFor } from './matrix-for.ts';

/** The snapshot in this browser. Only pages write it, once they are mounted: on the server it stays empty. */
type Held = LocalMatrix & Clock;

interface Clock {
  /** The server's instant in milliseconds when the page's own clock stood at `heard`; absent where the
   * address is pinned to an instant, for then the server's own is not known. */
  readonly present?: { readonly server: number; readonly heard: number } | undefined;
  /** When the server last said that this snapshot is current. */
  readonly heard: number;
}

let held: Held | undefined;

/** A page that stays open asks now and then which snapshot is current, so that its list does not grow old unseen. */
const renewedAfterMilliseconds = 60_000;

/** Where that fails, the next question asks again, but not each of many in a row. */
const renewedAgainAfterMilliseconds = 5_000;

/** Where nobody tells, the server answers each question after so long. */
const trustedForMilliseconds = 10 * 60_000;

/** What may be loaded of a core, compressed; of more partners the server answers each question. */
const mostCoreBytes = 400_000;

/** A longer wait would end at once. */
const longestTimer = 2 ** 31 - 1;

/**
 * Answers without a request; undefined where there is no snapshot of this program, too old a one, or nothing yet to
 * search a text with.
 */
export function answerHere(program: ProgramFacts, query: MatrixQuery): MatrixPageAnswer | undefined {
  if (held === undefined || held.columns.program !== program.id) return undefined;
  const now = performance.now();
  if (now - held.heard > trustedForMilliseconds) return undefined;
  if (now - held.heard > renewedAfterMilliseconds) void renew(program, query);
  const present = held.present && instantAt(Math.floor(held.present.server + now - held.present.heard));
  const at = query.at ?? present;
  if (query.q !== '' && held.means.search === undefined) return undefined;
  return at === undefined ? undefined : localAnswer(held, termsOf(program), query, at);
}

/**
 * Fetches the snapshot that an answer of the server was read from. Where that fails, or the file cannot
 * be read, the page goes on asking the server.
 */
export async function holdSnapshot(program: ProgramFacts, query: MatrixQuery, answer: MatrixPageAnswer): Promise<void> {
  const heard = performance.now();
  const present = query.at === undefined ? { server: Date.parse(answer.at), heard } : held?.present;
  await hold(program, query, answer, { present, heard });
}

let renewing = false;

/** Loads the snapshot that is current by now; the one that is held goes on answering. */
async function renew(program: ProgramFacts, query: MatrixQuery): Promise<void> {
  if (renewing) return;
  renewing = true;
  try {
    const manifest = await matrixFor(fetch).manifest({ params: { program: program.id } });
    await hold(program, query, manifest, { present: held?.present, heard: performance.now() });
  } catch {
    // Somebody is asked again with the next question.
  } finally {
    setTimeout(() => (renewing = false), renewedAgainAfterMilliseconds);
  }
}

async function hold(
  program: ProgramFacts,
  query: MatrixQuery,
  { snapshot, version }: Pick<LocalMatrix, 'snapshot' | 'version'>,
  clock: Clock,
): Promise<void> {
  if (held?.snapshot.core === snapshot.core) {
    held = { ...held, ...clock };
    return;
  }
  if (snapshot.coreBytes > mostCoreBytes) {
    held = undefined;
    return;
  }
  try {
    const [core, sites] = await Promise.all([readPart(snapshot.core), readPart(snapshot.sites)]);
    const columns = decodeSnapshot({ core, sites });
    const means = await meansFor(columns);
    if (columns.program !== program.id) return;
    held = { columns, means, snapshot, version, ...clock };
    // Nobody reads it: the first click finds the sets of bits made, and compiled what works out rows.
    void answerHere(program, query)?.partners;
  } catch {
    // No network, a file that is not what its name says, or a format that this page does not read.
  }
}

/**
 * A part of the snapshot, which bears the SHA-256 of its bytes as its name.
 * @throws Error for a file that is missing, cut off or altered.
 */
async function readPart(address: string): Promise<unknown> {
  const response = await fetch(address);
  const bytes = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const name = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (!address.endsWith(`/${name}.json`)) throw new Error(`${address} is not the file that it should be.`);
  return JSON.parse(new TextDecoder().decode(bytes));
}

let preparing: Promise<void> | undefined;

/** Loads what searching for a text needs, so that it is there when somebody has typed. */
export function prepareSearch(): Promise<void> {
  preparing ??= loadSearch().finally(() => (preparing = undefined));
  return preparing;
}

async function loadSearch(): Promise<void> {
  if (held === undefined || held.means.search !== undefined) return;
  const { columns, snapshot } = held;
  try {
    const [{ decodeTexts }, { searchIn }, summaries, text] = await Promise.all([
      import('#shared/catalogue/matrix/decode-texts.ts'),
      import('#shared/catalogue/matrix/search.ts'),
      readPart(snapshot.summaries),
      readPart(snapshot.text),
    ]);
    const search = searchIn(columns, decodeTexts({ summaries, text }, columns));
    if (held?.columns === columns) held = { ...held, means: { ...held.means, search } };
  } catch {
    // The server goes on searching.
  }
}

/** Up to here one pass over the rows takes a millisecond on a phone; for more, sets of bits are worth their code. */
const passedInOne = 2_000;

async function meansFor({ partners }: MatrixColumns): Promise<Means> {
  if (partners.count <= passedInOne) return { way: singlePass };
  const many = await import('./many-partners.ts');
  many.prepareClicks(answerHere);
  return many.means;
}

/** Calls once when the answer may change by itself. Gives what stops the wait. */
export function atBoundary({ at, boundary }: MatrixPageAnswer, then: () => void): () => void {
  if (boundary === undefined) return () => undefined;
  const wait = Date.parse(boundary) - Date.parse(at);
  if (wait > longestTimer) return () => undefined;
  const timer = setTimeout(then, Math.max(wait, 0) + 1);
  return () => clearTimeout(timer);
}

import type * as z from 'zod';
import type { matrixContract } from '#shared/catalogue/matrix/contract.ts';
import { everyRow, filter, pageSize, type MatrixContext, type Means } from '#shared/catalogue/matrix/filter.ts';
import { fastestMeans } from '#shared/catalogue/matrix/means.ts';
import { readQuery, scenarioOf, type MatrixQuery } from '#shared/catalogue/matrix/query-words.ts';
import { RowReader, type DescribedRow } from '#shared/catalogue/matrix/row.ts';
import type { matrixAddress, matrixManifest } from '#shared/catalogue/matrix-wire.ts';
import type { SnapshotPart } from '#shared/catalogue/matrix/snapshot.ts';
import { openDataCsv } from '#shared/catalogue/open-data.ts';
import type { ProgramId } from '#shared/kernel/ids.ts';
import { instant, type Instant } from '#shared/kernel/instants.ts';
import { ok, refuse, type Result } from '#shared/kernel/result.ts';
import type { Program } from '#shared/programs/program.ts';
import type { UseCases } from '#platform/router.ts';
import type { Matrix, MatrixReader } from './matrix.ts';
import type { Manifest } from './store.ts';

type Address = z.infer<typeof matrixAddress>;

interface Question {
  readonly program: Program;
  readonly matrix: Matrix;
  readonly means: Means;
  readonly summaries: readonly string[];
  readonly query: MatrixQuery;
  readonly context: MatrixContext;
}

function paramsOf(address: Address): URLSearchParams {
  const params = new URLSearchParams();
  for (const [word, value] of Object.entries(address)) {
    for (const one of Array.isArray(value) ? value : [value]) params.append(word, one);
  }
  return params;
}

/** What a page of the API and of an export have in common. */
function headOf({ matrix, query, context }: Question, total: number) {
  return {
    version: matrix.manifest.version,
    builtAt: instant.parse(matrix.manifest.builtAt),
    at: context.at,
    scenario: scenarioOf(query, matrix.terms),
    total,
  };
}

const notBuilt = 'The matrix of this program is being built. Try again in a minute.';

/** The matrix from the snapshot in memory. Words that it does not know are refused; the page forgives them. */
export function matrixService(
  matrices: MatrixReader,
  programs: ReadonlyMap<string, Program>,
): UseCases<typeof matrixContract> {
  const prepared = new WeakMap<Matrix, Promise<Pick<Question, 'means' | 'summaries'>>>();

  /** Prepared once for a snapshot. */
  function prepare(matrix: Matrix): Promise<Pick<Question, 'means' | 'summaries'>> {
    const known = prepared.get(matrix);
    if (known !== undefined) return known;
    const begun = matrices.texts(matrix).then((texts) => ({
      means: fastestMeans(matrix.columns, texts),
      summaries: texts.summaries,
    }));
    prepared.set(matrix, begun);
    // A file that could not be read once is asked for again by the next query, not refused until the next snapshot.
    begun.catch(() => prepared.delete(matrix));
    return begun;
  }

  async function questionOf(
    id: ProgramId,
    address: Address,
    at: Instant,
  ): Promise<Result<Question, 'not-found' | 'unavailable' | 'unknown-word' | 'invalid'>> {
    const program = programs.get(id);
    if (program === undefined) return refuse('not-found');
    const matrix = await matrices.current(program);
    if (matrix === undefined) return refuse('unavailable', notBuilt);
    const { query, unknown, problems } = readQuery(paramsOf(address), matrix.terms);
    if (unknown.length > 0) return refuse('unknown-word', `Not known here: ${unknown.join(', ').slice(0, 200)}.`);
    const sentences = Object.values(problems);
    if (sentences.length > 0) return refuse('invalid', sentences.join(' '), problems);
    const context = { at: query.at ?? at, terms: matrix.terms };
    return ok({ program, matrix, ...(await prepare(matrix)), query, context });
  }

  function everyPartner(question: Question): readonly DescribedRow[] {
    const { matrix, means, query, context } = question;
    return describedRows(question, everyRow(matrix.columns, query, context, means));
  }

  return {
    list: async ({ params, query: address }, { at }) => {
      const asked = await questionOf(params.program, address, at);
      return asked.ok ? ok(pageOf(asked.value)) : asked;
    },
    manifest: async ({ params }) => {
      const program = programs.get(params.program);
      if (program === undefined) return refuse('not-found');
      const manifest = await matrices.manifest(program);
      if (manifest === undefined) return refuse('unavailable', notBuilt);
      const { version, builtAt, partners } = manifest;
      return ok({ version, builtAt: instant.parse(builtAt), partners, snapshot: snapshotOf(manifest) });
    },
    json: async ({ params, query: address }, { at }) => {
      const asked = await questionOf(params.program, address, at);
      if (!asked.ok) return asked;
      const partners = everyPartner(asked.value);
      return ok({ ...headOf(asked.value, partners.length), notice: asked.value.program.notice, partners });
    },
    csv: async ({ params, query: address }, { at }) => {
      const asked = await questionOf(params.program, address, at);
      if (!asked.ok) return asked;
      const text = openDataCsv(everyPartner(asked.value));
      return ok(new File([text], `${params.program}-partners.csv`, { type: 'text/csv; charset=utf-8' }));
    },
  };
}

/** Where a browser finds the parts of the snapshot. */
function snapshotOf({ parts, coreBytes }: Manifest): z.infer<typeof matrixManifest>['snapshot'] {
  const address = (part: SnapshotPart) => `/matrix/${parts[part]}.json`;
  return {
    core: address('core'),
    coreBytes,
    sites: address('sites'),
    summaries: address('summaries'),
    text: address('text'),
  };
}

function describedRows(question: Question, rows: readonly number[]): readonly DescribedRow[] {
  const { matrix, summaries, query, context } = question;
  const reader = new RowReader(matrix.columns, query, context);
  return rows.map((row) => ({ ...reader.row(row), summary: summaries[row] ?? '' }));
}

function pageOf(question: Question) {
  const { matrix, means, query, context } = question;
  const answer = filter(matrix.columns, query, context, means);
  return {
    ...headOf(question, answer.total),
    snapshot: snapshotOf(matrix.manifest),
    page: query.page,
    pages: Math.ceil(answer.total / pageSize),
    facets: answer.facets.byValue,
    unpriced: answer.unpriced,
    leftOut: answer.leftOut,
    similar: answer.similar,
    ...(answer.boundary === undefined ? {} : { boundary: new Date(answer.boundary).toISOString() }),
    partners: describedRows(question, answer.rows),
  };
}

import type { MatrixColumns } from '#shared/catalogue/matrix/columns.ts';
import { filter, pageSize, type Means } from '#shared/catalogue/matrix/filter.ts';
import { scenarioOf, type MatrixQuery } from '#shared/catalogue/matrix/query-words.ts';
import { RowReader, type MatrixRow } from '#shared/catalogue/matrix/row.ts';
import type { MatrixTerms } from '#shared/catalogue/matrix/terms.ts';
import { given } from '#shared/kernel/given.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import { instantAt } from '#shared/kernel/iso-text.ts';
import type { MatrixPageAnswer } from './answer.ts';

export interface LocalMatrix {
  readonly columns: MatrixColumns;
  readonly means: Means;
  /** Number and addresses of the snapshot, as the API told them. */
  readonly version: number;
  readonly snapshot: MatrixPageAnswer['snapshot'];
}

/** The same answer as the API's, worked out from the snapshot. */
export function localAnswer(
  matrix: LocalMatrix,
  terms: MatrixTerms,
  query: MatrixQuery,
  at: Instant,
): MatrixPageAnswer {
  const { columns, version, snapshot, means } = matrix;
  const context = { at, terms };
  const { rows, total, facets, unpriced, leftOut, similar, boundary } = filter(columns, query, context, means);
  const reader = new RowReader(columns, query, context);
  const read: MatrixRow[] = [];
  const firstPartners = (count: number) => rows.slice(0, count).map((row, place) => (read[place] ??= reader.row(row)));
  return {
    version,
    builtAt: instantAt(Date.parse(columns.builtAt)),
    at,
    scenario: scenarioOf(query, terms),
    total,
    snapshot,
    page: query.page,
    pages: Math.ceil(total / pageSize),
    get facets() {
      return facets.byValue;
    },
    unpriced,
    leftOut,
    similar,
    ...given('boundary', boundary === undefined ? undefined : instantAt(boundary)),
    firstPartners,
    get partners() {
      return firstPartners(rows.length);
    },
  };
}

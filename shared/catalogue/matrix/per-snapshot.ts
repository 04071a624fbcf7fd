import type { MatrixColumns } from './columns.ts';

/**
 * Works something out of a snapshot when it is first needed, and keeps it for as long as the
 * snapshot is there.
 */
export function perSnapshot<T extends object>(make: (columns: MatrixColumns) => T): (columns: MatrixColumns) => T {
  const kept = new WeakMap<MatrixColumns, T>();
  return (columns) => {
    const known = kept.get(columns);
    if (known !== undefined) return known;
    const value = make(columns);
    kept.set(columns, value);
    return value;
  };
}

/** The same for something that also depends on a question: the last answer is kept while `stillFits` says so. */
export function lastPerSnapshot<Q, T extends object>(
  make: (columns: MatrixColumns, question: Q) => T,
  stillFits: (answer: T, question: Q) => boolean,
): (columns: MatrixColumns, question: Q) => T {
  const last = new WeakMap<MatrixColumns, T>();
  return (columns, question) => {
    const known = last.get(columns);
    if (known !== undefined && stillFits(known, question)) return known;
    const value = make(columns, question);
    last.set(columns, value);
    return value;
  };
}

import type { MatrixColumns } from '#shared/catalogue/matrix/columns.ts';
import { wordsFor } from '#shared/catalogue/matrix/bits.ts';
import { facetLayout } from '#shared/catalogue/matrix/facets.ts';
import { terms } from './bench-partners.ts';
import { median, timeOf } from './turn-by-turn.ts';

export interface PhysicalLimit {
  /** Of one bit for each partner and each value of each facet: what a query counts. */
  readonly bytes: number;
  /** What it takes to read so many bytes once, without counting any. */
  readonly ms: number;
}

const passes = 400;
const repeats = 15;

/**
 * What no way of counting sets of bits can come below on this machine: every count of every facet takes
 * one bit a partner, and the bits have to be read. They are read here by the `memcmp` of the system's own
 * library, to which `Buffer.compare` hands over and which uses the widest instructions that the
 * processor has: the second half of the bytes is compared with the first, which is the same, so each
 * byte is read once. The bytes stay in the processor's caches between passes as far as they fit there,
 * as they do between the queries of a block. The engine may fall below where it reads less: districts
 * are counted from lists, and few partners from their own values.
 */
export function physicalLimit(columns: MatrixColumns): PhysicalLimit {
  const bytes = facetLayout(columns, terms).size * wordsFor(columns.partners.count) * 4;
  const [first, second] = [Buffer.alloc(bytes / 2, 0x5a), Buffer.alloc(bytes / 2, 0x5a)];
  let differing = 0;
  const pass = (): void => {
    for (let each = 0; each < passes; each += 1) differing += Buffer.compare(first, second);
  };
  const times = Array.from({ length: repeats }, () => timeOf(pass).milliseconds / passes);
  if (differing !== 0) throw new Error('Two halves that were made the same differ.');
  return { bytes, ms: median(times) };
}

import { bitFilter } from './bit-filter.ts';
import type { MatrixColumns } from './columns.ts';
import type { Means } from './filter.ts';
import { compareAll } from './compare-all.ts';
import type { MatrixTexts } from './decode-texts.ts';
import { searchIn } from './search.ts';
import { singlePass } from './single-pass.ts';

/** Up to so many partners one pass over the rows is as fast as sets of bits, and needs none. */
const fewPartners = 48;

/** All that a server filters with. A browser loads its parts when it needs them. */
export function fastestMeans(columns: MatrixColumns, texts: MatrixTexts): Means {
  const way = columns.partners.count <= fewPartners ? singlePass : bitFilter;
  return { way, compare: compareAll, search: searchIn(columns, texts) };
}

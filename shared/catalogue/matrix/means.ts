import { bitFilter } from './bit-filter.ts';
import type { MatrixColumns } from './columns.ts';
import type { Means } from './filter.ts';
import { relevanceOf } from './search.ts';
import { singlePass } from './single-pass.ts';

/** Up to so many partners one pass over the rows is as fast as sets of bits, and needs none. */
const fewPartners = 48;

/** All that a server filters with. A browser loads its parts when it needs them. */
export function fastestMeans({ partners }: MatrixColumns): Means {
  return { way: partners.count <= fewPartners ? singlePass : bitFilter, search: relevanceOf };
}

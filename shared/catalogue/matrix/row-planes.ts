import { emptyBits, has, placeInPlane, put, wordsFor, type RowBits } from './bits.ts';
import { int, placesOf, type ListColumn } from './columns.ts';

/** Where the bit of each row of a table stands; see `RowBits`. */
export class RowPlanes {
  readonly words: number;
  readonly #length: number;
  /** By row, the place of its bit. */
  readonly #places: Int32Array;

  /** @param from where the rows of each partner begin, with the end of the last one behind. */
  constructor(from: Int32Array) {
    const partners = from.length - 1;
    this.words = wordsFor(partners);
    this.#places = new Int32Array(int(from, partners));
    let planes = 1;
    for (let partner = 0; partner < partners; partner += 1) {
      const first = int(from, partner);
      const end = int(from, partner + 1);
      for (let row = first; row < end; row += 1) this.#places[row] = placeInPlane(row - first, this.words, partner);
      planes = Math.max(planes, end - first);
    }
    this.#length = planes * this.words;
  }

  none(): number[] {
    return emptyBits(this.#length);
  }

  put(bits: number[], row: number): void {
    put(bits, int(this.#places, row));
  }

  has(bits: RowBits, row: number): boolean {
    return has(bits, int(this.#places, row));
  }

  /** The rows for which `test` holds. */
  where(test: (row: number) => boolean): RowBits {
    const bits = this.none();
    for (let row = 0; row < this.#places.length; row += 1) if (test(row)) this.put(bits, row);
    return bits;
  }

  /** For each of `entries` values, the rows that have it. */
  byValue(entries: number, valuesOf: (row: number) => Iterable<number>): readonly RowBits[] {
    const values = Array.from({ length: entries }, () => this.none());
    for (let row = 0; row < this.#places.length; row += 1) {
      for (const value of valuesOf(row)) {
        const bits = values[value];
        if (bits !== undefined) this.put(bits, row);
      }
    }
    return values;
  }

  /** For each entry of a vocabulary, the rows that list it. */
  byEntry({ ids }: { readonly ids: readonly string[] }, column: ListColumn): readonly RowBits[] {
    return this.byValue(ids.length, (row) => placesOf(column, row));
  }
}

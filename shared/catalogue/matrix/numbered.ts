import { int, none } from './columns.ts';

/**
 * Numbers for values, in the order in which they are met. A number stays, however the values are ordered in the end:
 * so what was worked out with it once holds for every later snapshot.
 */
export class Numbered<T extends string | number> {
  readonly #values: T[] = [];
  readonly #numbers = new Map<T, number>();

  /** -1 for no value. */
  numberOf(value: T | undefined): number {
    if (value === undefined) return none;
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    this.#numbers.set(value, this.#values.length);
    return this.#values.push(value) - 1;
  }

  /**
   * The values whose numbers stand in some columns, ascending (texts by code unit), and by number the place of each
   * among them. The other values were met earlier, and nobody has them any more.
   */
  used(columns: readonly Int32Array[]): { readonly values: T[]; readonly places: Int32Array } {
    const isUsed = new Uint8Array(this.#values.length);
    for (const column of columns) {
      for (let row = 0; row < column.length; row += 1) {
        const number = int(column, row);
        if (number !== none) isUsed[number] = 1;
      }
    }
    // All that were ever met are many more in the end.
    const used = this.#values
      .flatMap((value, number) => (isUsed[number] === 1 ? [{ value, number }] : []))
      .sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
    const places = new Int32Array(this.#values.length);
    for (const [place, { number }] of used.entries()) places[number] = place;
    return { values: used.map(({ value }) => value), places };
  }
}

/** Values that are counted together, one behind another. */
export interface Places {
  /** By value, its place among the counts: 32 of them to a column of bits. */
  readonly slots: Int32Array;
  /** The columns in which they stand. */
  readonly columns: readonly number[];
}

/** Lays lists of values into columns of 32 bits so that no list of up to 32 stands in two of them. */
export class ValueColumns {
  readonly #lists: { readonly slots: Int32Array; readonly columns: number[] }[] = [];
  /** By column, the bits that are taken. */
  readonly #taken: number[] = [];

  /** A list of so many values, whose places are known once `place` was called. */
  add(values: number): Places {
    const list = { slots: new Int32Array(values), columns: [] };
    this.#lists.push(list);
    return list;
  }

  /**
   * Places all lists: the longest first, each into the first column that has room ("first fit decreasing",
   * D. S. Johnson, 1973).
   * @returns how many columns there are.
   */
  place(): number {
    for (const { slots, columns } of this.#lists.toSorted((a, b) => b.slots.length - a.slots.length)) {
      for (let value = 0; value < slots.length;) {
        const count = Math.min(32, slots.length - value);
        const column = this.#columnFor(count);
        const first = this.#taken[column] ?? 0;
        for (let bit = 0; bit < count; bit += 1) slots[value + bit] = column * 32 + first + bit;
        this.#taken[column] = first + count;
        columns.push(column);
        value += count;
      }
    }
    return this.#taken.length;
  }

  #columnFor(values: number): number {
    const fitting = this.#taken.findIndex((bits) => bits + values <= 32);
    return fitting < 0 ? this.#taken.length : fitting;
  }
}

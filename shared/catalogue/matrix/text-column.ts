import { int } from './columns.ts';

/** A column of short texts, kept as one: each by itself would take twice the memory of its letters. */
export class TextColumn {
  readonly #all: string;
  /** By row, where its text begins, with the end of the last one behind. */
  readonly #from: Int32Array;

  constructor(texts: readonly string[]) {
    this.#all = texts.join('');
    this.#from = new Int32Array(texts.length + 1);
    let end = 0;
    for (let row = 0; row < texts.length; row += 1) this.#from[row + 1] = end += texts[row]?.length ?? 0;
  }

  /** The text of a row; empty where there is no such row. */
  at(row: number): string {
    return this.#all.slice(int(this.#from, row), int(this.#from, row + 1));
  }
}

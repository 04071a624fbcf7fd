/**
 * Chance that can be repeated: mulberry32 of Tommy Ettinger (public domain), 32 bits of state, begun
 * from the FNV-1a hash of the words given. Every thing that is invented has a source of its own,
 * named by what it is, so that the first sixty partners stay the same however many follow.
 */
export class Random {
  #state: number;

  constructor(...words: readonly (string | number)[]) {
    let hash = 0x811c9dc5;
    for (const letter of words.join('/')) {
      hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
    }
    this.#state = hash >>> 0;
  }

  /** From 0, included, to 1, not included. */
  share(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number with `least` ≤ number ≤ `most`. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.share() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.share() < probability;
  }

  pick<T>(list: readonly T[]): T {
    const [picked] = this.some(list, 1);
    if (picked === undefined) throw new Error('Nothing can be picked from an empty list.');
    return picked;
  }

  /** Up to `count` different entries, in the order of the list. */
  some<T>(list: readonly T[], count: number): readonly T[] {
    const places = this.shuffled(list.map((_, place) => place)).slice(0, count);
    const wanted = new Set(places);
    return list.filter((_, place) => wanted.has(place));
  }

  shuffled<T>(list: readonly T[]): readonly T[] {
    return list
      .map((entry) => ({ entry, rank: this.share() }))
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ entry }) => entry);
  }
}

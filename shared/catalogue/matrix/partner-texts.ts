import { numberText } from './write-number-text.ts';
import type { MatrixPartner } from './partner.ts';
import { compareText, wordsOf } from './search-words.ts';
import type { Text } from './snapshot.ts';

interface PartnerText {
  /** The name, as it is compared. */
  readonly name: string;
  /**
   * Words of the text that name and summary do not have: those are found through name and summary. Each by its
   * number, ascending by the words themselves.
   */
  readonly words: Int32Array;
  /** Its districts and regions, ascending. */
  readonly sites: readonly string[];
}

/** What is compared and searched of partners, worked out once for each of them. */
export class PartnerTexts {
  readonly #known = new WeakMap<MatrixPartner, PartnerText>();
  readonly #words: string[] = [];
  readonly #numbers = new Map<string, number>();

  of(partner: MatrixPartner): PartnerText {
    const known = this.#known.get(partner);
    if (known !== undefined) return known;
    const { name, summary, text, sites } = partner;
    const shown = new Set([...wordsOf(name), ...wordsOf(summary)]);
    const further = [...new Set(text.flatMap(wordsOf))].filter((word) => !shown.has(word)).sort(compareText);
    const found = {
      name: wordsOf(name).join(' '),
      words: Int32Array.from(further, (word) => this.#numberOf(word)),
      sites: [...new Set(sites.flatMap(({ district, region }) => [district, region]))]
        .filter((one) => one !== undefined)
        .sort(compareText),
    };
    this.#known.set(partner, found);
    return found;
  }

  #numberOf(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    this.#numbers.set(word, this.#words.length);
    this.#words.push(word);
    return this.#words.length - 1;
  }

  /** The words of these partners as columns: of the words that were ever met, those that one of them has. */
  columns(partners: readonly MatrixPartner[]): Pick<Text, 'words' | 'partnerWords'> {
    const lists = partners.map((partner) => this.of(partner).words);
    const isUsed = new Uint8Array(this.#words.length);
    for (const list of lists) {
      // By place: to iterate over typed arrays takes several times as long.
      for (let place = 0; place < list.length; place += 1) isUsed[list[place] ?? 0] = 1;
    }
    const dictionary = this.#words.filter((_, number) => isUsed[number] === 1).sort(compareText);
    const places = new Int32Array(this.#words.length);
    for (const [place, word] of dictionary.entries()) places[this.#numberOf(word)] = place;

    const steps: number[] = [];
    for (const list of lists) {
      let before = 0;
      for (let index = 0; index < list.length; index += 1) {
        const place = places[list[index] ?? 0] ?? 0;
        steps.push(place - before);
        before = place;
      }
    }
    return {
      words: dictionary.join(' '),
      partnerWords: { of: numberText(lists.map((list) => list.length)), step: numberText(steps) },
    };
  }
}

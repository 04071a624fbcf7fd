import {
  commentId,
  organizationId,
  personId,
  requestId,
  engagementId,
  questionId,
  type OrganizationId,
} from '#shared/kernel/ids.ts';
import { sha256 } from '#platform/hash.ts';
import { Random } from './random.ts';
import {
  districtForms,
  firstNames,
  lastNames,
  organizationForms,
  organizationHeads,
  organizationTails,
  organizationTopics,
  placeHeads,
  placeTails,
  realNames,
  schoolTails,
} from './word-lists.ts';

/** How many partners can have names of their own. */
export const mostPartners = 100_000;

export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function joined(heads: readonly string[], tails: readonly string[]): readonly string[] {
  return heads.flatMap((head) => tails.map((tail) => head + tail)).filter((name) => !realNames.has(name));
}

const organizationWords = joined(organizationHeads, organizationTails);
const placeWords = joined(placeHeads, placeTails);
const schoolWords = joined(placeHeads, schoolTails);

/**
 * Walks every number below `size` once, in an order without a pattern that shows: a step that has no
 * divisor in common with the size comes back to its start only after all of them.
 */
function placeOf(index: number, size: number, seed: string): number {
  const random = new Random(seed, 'order');
  let step = random.whole(Math.floor(size / 3), Math.floor((2 * size) / 3));
  while (divisor(step, size) !== 1) step += 1;
  return (index * step + random.whole(0, size - 1)) % size;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('A list of words is empty.');
  return found;
}

/** The name of the partner at `index`, from 0 to `mostPartners` - 1; no two are the same. */
export function partnerName(program: string, index: number): string {
  const [words, topics, forms] = [organizationWords.length, organizationTopics.length, organizationForms.length];
  const size = words * topics * forms;
  if (index >= size) throw new Error(`There are names for ${size} partners.`);
  // A new first word each time, so that neighbors on a page do not look alike.
  const place = placeOf(index, size, `${program}/partners`);
  const word = at(organizationWords, place);
  const rest = Math.floor(place / words);
  return at(organizationForms, Math.floor(rest / topics))
    .replace('{head}', word)
    .replace('{topic}', at(organizationTopics, rest));
}

export function partnerId(program: string, index: number): OrganizationId {
  return organizationId.parse(slugOf(partnerName(program, index)));
}

/** The town of the district at `index`; no two are the same. */
export function districtTown(program: string, index: number): string {
  if (index >= placeWords.length) throw new Error(`There are names for ${placeWords.length} districts.`);
  return at(placeWords, placeOf(index, placeWords.length, `${program}/districts`));
}

export function districtName(program: string, index: number): string {
  return at(districtForms, placeOf(index, 997, `${program}/forms`)).replace('{place}', districtTown(program, index));
}

export function districtCode(index: number): string {
  return String(100_000 + index * 100);
}

export function districtId(program: string, index: number): OrganizationId {
  return organizationId.parse(`${slugOf(districtTown(program, index))}-${districtCode(index)}`);
}

/** The first word of a school's name; two districts may each have a school of one name. */
export function schoolWord(program: string, district: number, place: number): string {
  return at(schoolWords, placeOf(district * 13 + place, schoolWords.length, `${program}/schools`));
}

export function personName(program: string, index: number): string {
  const place = placeOf(
    index % (firstNames.length * lastNames.length),
    firstNames.length * lastNames.length,
    `${program}/people`,
  );
  return `${at(firstNames, place)} ${at(lastNames, Math.floor(place / firstNames.length))}`;
}

/** 80 bits of what the thing is called: the same thing has the same id in every run. */
function tail(words: readonly (string | number)[]): string {
  return sha256(words.join('/')).slice(0, 20);
}

export const madeFor = {
  person: (sub: string) => personId.parse(`per_${tail(['person', sub])}`),
  request: (...words: readonly (string | number)[]) => requestId.parse(`req_${tail(['request', ...words])}`),
  engagement: (...words: readonly (string | number)[]) => engagementId.parse(`eng_${tail(['engagement', ...words])}`),
  question: (...words: readonly (string | number)[]) => questionId.parse(`que_${tail(['question', ...words])}`),
  comment: (...words: readonly (string | number)[]) => commentId.parse(`com_${tail(['comment', ...words])}`),
};

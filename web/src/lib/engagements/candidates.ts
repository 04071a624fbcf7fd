import { isAskable } from '#shared/catalogue/status.ts';
import type { ApprovalStatus } from '#shared/catalogue/model.ts';
import { showDay } from '#shared/kernel/show-instant.ts';
import { areasOf } from '#shared/programs/areas.ts';
import { apiFor, type ProgramFacts } from '#lib/api.ts';
import { statusWords } from '#lib/catalogue/status-words.ts';
import { nameIn } from '#lib/catalogue/terms.ts';
import { refusalOf } from '#lib/refusal.ts';

/** A partner that a district may ask, with what decides whether it can be. */
export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly claimed: boolean;
  readonly areas: readonly { readonly area?: string | undefined; readonly status: ApprovalStatus }[];
  /** What the partner says of its room, as one sentence. */
  readonly room?: string;
}

type Fetch = typeof globalThis.fetch;

async function candidate(fetch: Fetch, program: string, partner: string): Promise<Candidate | undefined> {
  try {
    const { listing, approvals, workload } = await apiFor(fetch).catalogue.partners.get({
      params: { program, partner },
      query: {},
    });
    const { name, capacity } = listing.content;
    const most = capacity?.clientsAtMost;
    const room = [
      ...(most === undefined ? [] : [`Takes ${most} clients a school year; ${workload} awarded here this year.`]),
      ...(capacity?.earliestStart === undefined ? [] : [`Earliest start ${showDay(capacity.earliestStart)}.`]),
    ].join(' ');
    return {
      id: partner,
      name,
      claimed: listing.claimed,
      areas: approvals.map(({ approval, status }) => ({ area: approval.area, status })),
      ...(room === '' ? {} : { room }),
    };
  } catch (thrown) {
    // An address may name anything; who is not on the list is left out.
    if (refusalOf(thrown) === undefined) throw thrown;
    return undefined;
  }
}

/** The partners of these ids as they stand now, in the order given; at most ten are read. */
export async function candidatesFor(
  fetch: Fetch,
  program: string,
  ids: readonly string[],
): Promise<readonly Candidate[]> {
  const distinct = [...new Set(ids)].filter((id) => /^[a-z0-9][a-z0-9_-]{0,63}$/.test(id)).slice(0, 10);
  const found = await Promise.all(distinct.map((id) => candidate(fetch, program, id)));
  return found.filter((one) => one !== undefined);
}

/** Partners on the list whose text matches, approved in the area if one is given; a first page of them. */
export async function searchCandidates(
  fetch: Fetch,
  program: string,
  words: { readonly q: string; readonly area: string },
): Promise<{ readonly candidates: readonly Candidate[]; readonly total: number }> {
  const query = { ...(words.q === '' ? {} : { q: words.q }), ...(words.area === '' ? {} : { area: words.area }) };
  const { partners, total } = await apiFor(fetch).partners.list({ params: { program }, query });
  return { candidates: partners.map(({ id, name, claimed, areas }) => ({ id, name, claimed, areas })), total };
}

export interface Standing {
  readonly askable: boolean;
  readonly sentence: string;
}

/** How a partner stands in the area of a request; without an area, in which it can be asked at all. */
export function standingIn(program: ProgramFacts, given: Candidate, area: string): Standing {
  const areas = areasOf(program);
  const room = given.room === undefined ? '' : ` ${given.room}`;
  if (!given.claimed) {
    return { askable: false, sentence: 'Nobody from it has an account here yet, so it cannot be sent a request.' };
  }
  if (area === '') {
    const names = given.areas.flatMap((one) =>
      one.area !== undefined && isAskable(one.status) ? [nameIn(areas, one.area)] : [],
    );
    if (names.length === 0) return { askable: false, sentence: 'No approval is active now.' };
    return { askable: true, sentence: `Can be asked in: ${names.join(', ')}.${room}` };
  }
  const here = given.areas.find((one) => one.area === area);
  const name = nameIn(areas, area);
  if (here === undefined) return { askable: false, sentence: `Not approved in ${name}.` };
  const { words } = statusWords(here.status);
  if (isAskable(here.status)) return { askable: true, sentence: `${words} in ${name}.${room}` };
  return { askable: false, sentence: `${words} in ${name}: it cannot be asked now.` };
}

import type { RequestId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import type { District, School } from '#shared/programs/roster.ts';
import type { Program } from '#shared/programs/program.ts';
import { History } from '#platform/history.ts';
import { acting, type DemonstrationPerson } from '../demonstration-person.ts';
import { Calendar } from './calendar.ts';
import { inventedDistrict } from './districts.ts';
import { mostPartners } from './names.ts';
import { recordOpenWork } from './open-work.ts';
import { fullPartners, recordPartner, type InventedPartner } from './partners.ts';
import { Past } from './past.ts';
import { peopleOfAgency, peopleOfDistrict } from './people.ts';

export const defaultPartners = 60;
export const defaultDistricts = 120;

/** Partners in one block: whole aggregates, so that a block can be written and forgotten. */
const blockSize = 500;

/** How many requests were won lately, and how many nobody won, for sixty partners. */
const [underWay, unmet] = [26, 44];

export interface Block {
  readonly history: History;
  readonly partners: readonly { readonly id: InventedPartner['id']; readonly name: string }[];
  /** Requests that have not ended, about which somebody has something to do. */
  readonly open: readonly RequestId[];
  /** Who needs an account for what stands in the block. */
  readonly people: readonly DemonstrationPerson[];
}

export interface InventedState {
  readonly districts: readonly District[];
  readonly schools: readonly School[];
  readonly people: readonly DemonstrationPerson[];
  /** The partners and all that they did, block by block; the first has the sixty that are told at length. */
  readonly blocks: Iterable<Block>;
}

/**
 * Invents a whole state: districts and schools, partners and their approvals over several years,
 * requests, engagements and confirmed results, up to what is under way at `now`. Every fact is
 * decided by the rules that decide in earnest. The same program, instant and number of partners give
 * the same facts; further partners leave the first sixty as they are.
 */
export function inventState(program: Program, now: Instant, partners: number = defaultPartners): InventedState {
  if (!Number.isInteger(partners) || partners < 1 || partners > mostPartners) {
    throw new Error(`An invented program has 1 to ${mostPartners} partners.`);
  }
  const calendar = new Calendar(now, program.zone);
  const districts = Array.from({ length: defaultDistricts }, (_, index) => inventedDistrict(program, index, calendar));
  const agency = peopleOfAgency(program);
  const leadPerson = agency.find((one) => one.memberships.some((held) => held.roles.includes('agency:program-lead')));
  if (leadPerson === undefined) throw new Error('The agency has a program lead.');
  const lead = acting(leadPerson, program.agency.id);

  function block(from: number, until: number): Block {
    const history = new History();
    const setting = { history, program, calendar, districts, lead };
    const made = Array.from({ length: until - from }, (_, place) => recordPartner(setting, from + place));
    const past = new Past(setting, districts, from === 0 ? made : []);
    for (const partner of made) past.recordFinished(partner);
    if (from === 0) {
      past.recordUnderWay(Math.ceil((underWay * until) / fullPartners));
      past.recordUnmet(Math.ceil((unmet * until) / fullPartners));
    }
    return {
      history,
      open: from === 0 ? recordOpenWork(setting, districts, made) : [],
      partners: made.map(({ id, name }) => ({ id, name })),
      people: made.filter((one) => one.claimed).flatMap(({ people }) => [people.owner, ...people.others]),
    };
  }

  function* blocks(): Generator<Block> {
    yield block(0, Math.min(partners, fullPartners));
    for (let from = fullPartners; from < partners; from += blockSize) {
      yield block(from, Math.min(partners, from + blockSize));
    }
  }

  return {
    districts: districts.map((one) => one.district),
    schools: districts.flatMap((one) => one.schools),
    people: [
      ...agency,
      ...districts.flatMap(({ index }) => {
        const { superintendent, lead: districtLead, others } = peopleOfDistrict(program, index);
        return [superintendent, districtLead, ...others];
      }),
    ],
    blocks: { [Symbol.iterator]: blocks },
  };
}

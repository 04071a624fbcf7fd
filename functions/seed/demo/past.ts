import type { TermId } from '#shared/kernel/ids.ts';
import { millisecondsPerDay, plusMilliseconds, type Instant } from '#shared/kernel/instants.ts';
import type { InventedDistrict } from './districts.ts';
import { askableAreas, fullPartners, isQuiet, type InventedPartner } from './partners.ts';
import { Random } from './random.ts';
import {
  answerInvented,
  askInvented,
  commentInvented,
  endInvented,
  listInvented,
  sendInvented,
  type InventedEnd,
  type OpenRequest,
  type RequestPlan,
  type RequestSetting,
} from './requests.ts';
import { confirmInvented } from './results.ts';

/** How many engagements a partner finished, and how many of their goals it met. */
interface PastWork {
  readonly engagements: number;
  readonly goals: number;
  readonly met: number;
}

/**
 * Partners whose figures are set, so that the lower bound has something to tell apart: two of two is
 * too few to show, eighteen of twenty-two stands above five of five.
 */
const set: Readonly<Record<number, PastWork>> = {
  0: { engagements: 7, goals: 22, met: 18 },
  1: { engagements: 3, goals: 9, met: 7 },
  2: { engagements: 4, goals: 12, met: 6 },
  3: { engagements: 1, goals: 2, met: 2 },
  4: { engagements: 6, goals: 20, met: 17 },
  5: { engagements: 2, goals: 5, met: 5 },
  7: { engagements: 1, goals: 2, met: 2 },
  8: { engagements: 3, goals: 8, met: 1 },
};

function pastWorkOf(program: string, { index }: InventedPartner): PastWork {
  const known = set[index];
  if (known !== undefined) return known;
  const random = new Random(program, 'past-work', index);
  if (index >= fullPartners) return { engagements: 1, goals: 3, met: random.whole(0, 3) };
  if (index % 4 === 3)
    return random.chance(0.5) ? { engagements: 0, goals: 0, met: 0 } : { engagements: 1, goals: 2, met: 2 };
  const engagements = random.whole(1, 4);
  const goals = engagements * random.whole(2, 4) + (engagements === 1 ? 1 : 0);
  const quality = 0.3 + 0.65 * random.share();
  return { engagements, goals, met: Math.min(goals, Math.round(goals * quality)) };
}

/** Finished work lies from three and a half years back to a school year ago, work under way after that. */
const finished = { oldest: 1_240, latest: 330 } as const;
const underWay = { oldest: 190, latest: 45 } as const;

interface Chance {
  readonly sentAt: Instant;
  readonly area: TermId;
}

const replyDays = 14;

/** A moment at which the partner could be asked in an area, and still be awarded five weeks later. */
function chanceFor(
  setting: RequestSetting,
  partner: InventedPartner,
  random: Random,
  span: { oldest: number; latest: number },
): Chance | undefined {
  const { calendar } = setting;
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const sentAt = calendar.working(random, calendar.ago(span.oldest), calendar.ago(span.latest));
    const later = askableAreas(partner, plusMilliseconds(sentAt, 35 * millisecondsPerDay));
    const areas = askableAreas(partner, sentAt).filter((area) => later.includes(area));
    if (areas.length > 0) return { sentAt, area: random.pick(areas) };
  }
  return undefined;
}

export class Past {
  readonly #setting: RequestSetting;
  readonly #districts: readonly InventedDistrict[];
  readonly #pool: readonly InventedPartner[];

  /** @param pool the partners that may be asked beside others. */
  constructor(setting: RequestSetting, districts: readonly InventedDistrict[], pool: readonly InventedPartner[]) {
    this.#setting = setting;
    this.#districts = districts;
    this.#pool = pool.filter((one) => one.claimed);
  }

  /** The partner's finished engagements, each won in a request and confirmed by both sides. */
  recordFinished(partner: InventedPartner): void {
    if (isQuiet(partner.index)) return;
    const { calendar, program } = this.#setting;
    const work = pastWorkOf(program.id, partner);
    const random = new Random(program.id, 'finished', partner.index);
    const met = random.shuffled(Array.from({ length: work.goals }, (_, goal) => goal < work.met));
    for (let place = 0; place < work.engagements; place += 1) {
      const own = met.filter((_, goal) => goal % work.engagements === place);
      const chance = chanceFor(this.#setting, partner, random, finished);
      if (chance === undefined) continue;
      const open = this.#send(`finished/${partner.index}/${place}`, chance, [partner], random);
      const { outcomeAt, engagements } = this.#finish(open, { kind: 'awarded', winners: [partner] }, random);
      for (const engagement of engagements) {
        confirmInvented(this.#setting, open, engagement, partner, own, calendar.after(random, outcomeAt, 190, 225));
      }
    }
  }

  /** Work that was awarded lately and has no results yet; sometimes two partners share it. */
  recordUnderWay(count: number): void {
    this.#each('under-way', count, underWay, (open, random, area) => {
      const [first, second] = open.plan.asked;
      if (first === undefined) return;
      const at = plusMilliseconds(open.plan.sentAt, 35 * millisecondsPerDay);
      const splits = second !== undefined && random.chance(0.2) && askableAreas(second, at).includes(area);
      this.#finish(open, { kind: 'awarded', winners: splits ? [first, second] : [first] }, random);
    });
  }

  /** Requests that nobody won: no partner suited, or the district cancelled or withdrew. */
  recordUnmet(count: number): void {
    this.#each('unmet', count, { oldest: finished.oldest, latest: underWay.latest }, (open, random) => {
      const share = random.share();
      const kind = share < 0.5 ? 'none-suitable' : share < 0.8 ? 'cancelled' : 'withdrawn';
      this.#finish(open, { kind }, random);
    });
  }

  #each(
    slot: string,
    count: number,
    span: { oldest: number; latest: number },
    finish: (open: OpenRequest, random: Random, area: TermId) => void,
  ): void {
    for (let place = 0; place < count; place += 1) {
      const random = new Random(this.#setting.program.id, slot, place);
      const partner = random.pick(this.#pool);
      const chance = chanceFor(this.#setting, partner, random, span);
      if (chance === undefined) continue;
      finish(this.#send(`${slot}/${place}`, chance, [partner], random), random, chance.area);
    }
  }

  #send(slot: string, { sentAt, area }: Chance, first: readonly InventedPartner[], random: Random): OpenRequest {
    const { calendar } = this.#setting;
    const others = this.#pool.filter((one) => !first.includes(one) && askableAreas(one, sentAt).includes(area));
    const asked = [...first, ...random.some(others, random.whole(0, 4))];
    // The first district is the one that people sign in for, so its past is the fullest.
    const district = random.chance(0.08) ? this.#districts[0] : random.pick(this.#districts);
    if (district === undefined) throw new Error('An invented program has at least one district.');
    const replyBy = calendar.endOf(calendar.dayOf(plusMilliseconds(sentAt, replyDays * millisecondsPerDay)));
    const plan: RequestPlan = { slot, random, district, area, asked, sentAt, replyBy, present: false };
    return sendInvented(this.#setting, plan);
  }

  /** Answers, talk and the end of one request. A winner answers that it is interested. */
  #finish(open: OpenRequest, end: InventedEnd, random: Random) {
    const { calendar } = this.#setting;
    const { sentAt, asked } = open.plan;
    const days = (least: number, most: number): Instant =>
      plusMilliseconds(sentAt, Math.round((least + (most - least) * random.share()) * millisecondsPerDay));
    const winners = end.kind === 'awarded' ? end.winners : [];
    const asker = asked[0];
    if (asker !== undefined && random.chance(0.25))
      askInvented(this.#setting, open, asker, days(0.3, 0.8), days(1, 1.8));
    if (end.kind === 'withdrawn') {
      const outcomeAt = days(2, 9);
      endInvented(this.#setting, open, end, outcomeAt);
      listInvented(this.#setting, open);
      return { outcomeAt, engagements: open.engagements };
    }
    for (const partner of asked) {
      const share = random.share();
      const kind = winners.includes(partner)
        ? 'interested'
        : share < 0.4
          ? 'interested'
          : share < 0.75
            ? 'declined'
            : 'none';
      answerInvented(this.#setting, open, partner, kind, days(2, 12));
    }
    if (random.chance(0.2)) commentInvented(this.#setting, open, days(13, 15.5));
    const outcomeAt = calendar.working(random, days(17, 18), days(24, 30));
    endInvented(this.#setting, open, end, outcomeAt);
    listInvented(this.#setting, open);
    return { outcomeAt, engagements: open.engagements };
  }
}

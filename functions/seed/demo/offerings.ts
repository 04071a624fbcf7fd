import { offering, price, type Offering, type Price } from '#shared/catalogue/model.ts';
import { dollars, type Cents } from '#shared/kernel/money.ts';
import type { CostMeasure, Grade, Program } from '#shared/programs/program.ts';
import type { TermId } from '#shared/kernel/ids.ts';
import type { Calendar } from './calendar.ts';
import type { Random } from './random.ts';

/** What one unit usually costs, in dollars, from the least to the most that any partner asks. */
const usual: Readonly<Record<CostMeasure, readonly [least: number, most: number]>> = {
  day: [1_100, 3_200],
  school: [7_500, 52_000],
  teacher: [650, 4_900],
  student: [40, 620],
  once: [14_000, 120_000],
  ceiling: [30_000, 180_000],
  contingent: [12_000, 48_000],
};

const staffHours: Readonly<Record<CostMeasure, readonly [least: number, most: number]>> = {
  day: [6, 40],
  school: [40, 260],
  teacher: [8, 45],
  student: [0, 1],
  once: [80, 600],
  ceiling: [80, 500],
  contingent: [60, 400],
};

const inclusions = [
  'Planning with the school, the days on site, and a written summary after each visit.',
  'Materials, access to the online library, and two remote check-ins a month.',
  'Everything but travel, which is billed at cost.',
  'Coaching, a shared plan, and a report on progress in January and June.',
  'Training for new staff during the year at no further charge.',
] as const;

function round(amount: number): Cents {
  const step = amount < 100 ? 1 : amount < 1_000 ? 10 : 50;
  return dollars(Math.max(step, Math.round(amount / step) * step));
}

/** Which bounds a partner publishes: most give all three, some give one or two. */
function boundsOf(random: Random, typical: number, measure: CostMeasure): object {
  const [low, high] = [typical * (0.7 + 0.2 * random.share()), typical * (1.1 + 0.35 * random.share())];
  if (measure === 'ceiling') return { high: round(high) };
  if (measure === 'contingent')
    return { low: round(typical), outcomePayment: round(typical * (0.15 + 0.35 * random.share())) };
  const given = random.share();
  if (given < 0.55) return { low: round(low), typical: round(typical), high: round(high) };
  if (given < 0.72) return { low: round(low), high: round(high) };
  if (given < 0.86) return { typical: round(typical) };
  return given < 0.94 ? { high: round(high) } : { low: round(low) };
}

function priceOf(random: Random, program: Program, calendar: Calendar): Price {
  const { id, measure } = random.pick(program.costUnits);
  const [least, most] = usual[measure];
  const [fewest, hours] = staffHours[measure];
  const typical = least + (most - least) * random.share() ** 1.8;
  const minimum = measure === 'day' || measure === 'student' ? typical * random.whole(3, 12) : undefined;
  return price.parse({
    unit: id,
    ...boundsOf(random, typical, measure),
    year: calendar.year - (random.chance(0.2) ? 1 : 0),
    ...(random.chance(0.7) ? { includes: random.pick(inclusions) } : {}),
    ...(minimum !== undefined && random.chance(0.3) ? { minimum: round(minimum) } : {}),
    ...(random.chance(0.6) ? { staffHours: random.whole(fewest, hours) } : {}),
  });
}

const ways = [
  'Starts with a day of looking at classrooms together, then follows one plan for the whole year.',
  'Small teams meet every second week with a coach and bring their own material.',
  'Begins with one grade and adds the next as soon as the first can work without help.',
  'Combines days on site with short remote sessions, so that nobody waits for the next visit.',
  'Trains two people in each school who carry the work on after the second year.',
  'Each cycle lasts nine weeks and ends with a look at what students can now do.',
] as const;

export function inventedOfferings(
  random: Random,
  program: Program,
  calendar: Calendar,
  areas: readonly TermId[],
  count: number,
): readonly Offering[] {
  const conditions = new Map(
    program.areaSchemes.flatMap((scheme) => scheme.areas.map((area) => [area.id, area.conditions] as const)),
  );
  return random.some(program.serviceTypes, count).map((service, place) => {
    // Every area that a partner is approved in has an offering that serves it.
    const own = areas.filter((_, at) => at % Math.max(1, count) === place || random.chance(0.4));
    const served = own.length === 0 ? [random.pick(areas)] : own;
    const spans = random.some(program.gradeSpans, random.chance(0.45) ? 1 : random.whole(1, 3));
    const grades = [...new Set<Grade>(spans.flatMap((span) => span.grades))];
    const spanNames = spans.map((span) => span.name.replace(/ \(.*/, '').toLowerCase());
    return offering.parse({
      id: `${service.id}-${place + 1}`.slice(-64),
      name: spanNames.length === 0 || random.chance(0.4) ? service.name : `${service.name}: ${spanNames.join(' and ')}`,
      service: service.id,
      areas: served,
      conditions: [...new Set(served.flatMap((area) => conditions.get(area) ?? []))],
      grades: random.chance(0.08) ? [] : grades,
      delivery: random.some(['on-site', 'remote', 'hybrid'], random.whole(1, 3)),
      languages: ['en', ...(random.chance(0.35) ? ['es'] : []), ...(random.chance(0.08) ? ['pt'] : [])],
      description: random.pick(ways),
      prices: random.chance(0.18)
        ? []
        : Array.from({ length: random.chance(0.25) ? 2 : 1 }, () => priceOf(random, program, calendar)),
    });
  });
}

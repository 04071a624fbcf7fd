import { listingContent, type ListingContent } from '#shared/catalogue/model.ts';
import type { TermId } from '#shared/kernel/ids.ts';
import type { Program } from '#shared/programs/program.ts';
import type { Calendar } from './calendar.ts';
import type { InventedDistrict } from './districts.ts';
import { inventedFindings } from './findings.ts';
import { slugOf } from './names.ts';
import { inventedOfferings } from './offerings.ts';
import type { Random } from './random.ts';

const approaches = [
  'We look at student work with teachers and plan the next weeks from what we see',
  'We join the meetings that a school already holds and make them worth the time',
  'We coach principals and teacher teams side by side, on one plan',
  'We help a school choose a few aims and keep to them for two years',
  'We work with families and staff on what makes students want to come',
  'We put more hours where students need them and check every month whether they help',
] as const;

const histories = [
  'Founded by three former principals, now with a staff of twenty.',
  'A small organization: the people who plan the work also do it.',
  "Began as one town's summer program and works in schools all year now.",
  'Run as a nonprofit with a board of teachers and district leaders.',
  'Part of a college until four years ago, independent since.',
  'Works with rural districts in the main, often several at once.',
] as const;

const endings = [
  'Districts can end the work after each half-year.',
  'Every engagement begins with a visit that costs nothing.',
  'Reports are shared with the district before anybody else sees them.',
  'New staff are paired with somebody who has done the work for a year.',
] as const;

const claims = [
  'Nine of ten principals we asked would work with us again.',
  'Schools that stayed three years saw fewer absences each year.',
  'Teachers say that planning takes them less time than before.',
  'Our coaches have taught for eleven years on average.',
] as const;

export interface ContentPlan {
  readonly name: string;
  readonly areas: readonly TermId[];
  /** The first partners are the ones that people look at, so theirs are told at length. */
  readonly full: boolean;
  readonly districts: readonly InventedDistrict[];
  readonly place: number;
}

export function inventedContent(
  random: Random,
  program: Program,
  calendar: Calendar,
  plan: ContentPlan,
): ListingContent {
  const { name, areas, full, districts, place } = plan;
  const areaNames = program.areaSchemes.flatMap((scheme) => scheme.areas).filter((area) => areas.includes(area.id));
  const named = areaNames.map((area) => area.name.toLowerCase());
  const host = slugOf(name);
  const approach = random.pick(approaches);
  return listingContent.parse({
    name,
    summary: `${approach}.`,
    description: full
      ? [
          random.pick(histories),
          `Approved for ${new Intl.ListFormat('en-US').format(named)} at one time or another.`,
          random.pick(endings),
        ].join(' ')
      : random.pick(histories),
    ...(random.chance(0.6) && areaNames[0] !== undefined ? { focus: areaNames[0].name } : {}),
    website: `https://www.${host}.invalid`,
    contact: {
      label: random.pick(['Partnership office', 'Office of school services', 'Intake office']),
      email: `office@${host}.invalid`,
      ...(random.chance(0.7) ? { phone: `(555) 555-01${String(place % 100).padStart(2, '0')}` } : {}),
    },
    offerings: inventedOfferings(random, program, calendar, areas, full ? random.whole(1, 5) : random.whole(1, 2)),
    findings: inventedFindings(random, program, calendar, name, full ? random.whole(0, 5) : random.whole(0, 1)),
    claims: random.some(claims, full ? random.whole(0, 2) : 0).map((text) => ({ text })),
    sites: sitesOf(random, program, districts, place),
    ...capacityOf(random, calendar, place),
  });
}

function sitesOf(random: Random, program: Program, districts: readonly InventedDistrict[], place: number) {
  // The first partners all work where the first district is, so that its people find them.
  const home = place < 12 ? program.regions.slice(0, 1) : [];
  const regions = [...new Set([...home, ...random.some(program.regions, random.whole(1, 3))])];
  const near = districts.filter((one) => regions.some((region) => region.id === one.region));
  return [
    ...regions.map((region) => ({ label: region.name, region: region.id })),
    ...random.some(near, random.whole(0, 3)).map(({ district, region }) => ({
      label: district.name,
      district: district.id,
      ...(region === undefined ? {} : { region }),
    })),
  ];
}

/**
 * A quarter says nothing; of the others about every sixth has no room left this year. The engagements
 * recorded here come on top, so the first three, whom everybody asks, have plenty.
 */
function capacityOf(random: Random, calendar: Calendar, place: number): object {
  const [given, most] = [random.share(), random.whole(place < 3 ? 24 : 6, 36)];
  if (place >= 3 && given < 0.25) return {};
  const full = place >= 3 && given > 0.87;
  return {
    capacity: {
      clientsAtMost: most,
      clientsNow: full ? most : random.whole(0, Math.floor(most * 0.5)),
      asOf: calendar.dayOf(calendar.ago(random.whole(3, 60))),
      ...(place >= 3 && random.chance(0.25)
        ? { earliestStart: calendar.dayOf(calendar.ago(-random.whole(20, 150))) }
        : {}),
    },
  };
}

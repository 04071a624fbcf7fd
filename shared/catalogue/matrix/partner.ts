import {
  day,
  dayIn,
  schoolYearOf,
  startOfDay,
  type Day,
  type Instant,
  type SchoolYear,
  type Zone,
} from '../../kernel/instants.ts';
import type { Approval, Finding, Listing, Offering, Site, TrackRecord, Workload } from '../model.ts';

/** Everything that one row of the matrix is made from, gathered from the records of one partner. */
export interface MatrixPartner {
  readonly id: Listing['partner'];
  readonly name: string;
  readonly summary: string;
  /** Further words by which the partner can be found: description, focus, names of offerings. */
  readonly text: readonly string[];
  readonly claimed: boolean;
  readonly documentedRole?: string;
  readonly approvals: readonly Approval[];
  readonly offerings: readonly Offering[];
  readonly findings: readonly Finding[];
  readonly sites: readonly Site[];
  /** Absent where nothing is published that says whether there is room. */
  readonly capacity?: MatrixCapacity;
  readonly record: TrackRecord;
}

export interface MatrixCapacity {
  readonly clientsAtMost?: number;
  /** Clients that the partner states for this school year and the engagements recorded here. */
  readonly clientsNow: number;
  /** The same for the school year after it, which begins at `nextYear`. */
  readonly clientsNext: number;
  readonly nextYear: Instant;
  readonly earliestStart?: Day;
}

const noRecord: TrackRecord = { agreed: 0, met: 0, engagements: 0 };

/** The school year that clients are counted in now, and the instant at which the next one begins. */
export interface CountedYear {
  readonly year: SchoolYear;
  readonly next: Instant;
}

export function countedYear(at: Instant, zone: Zone): CountedYear {
  const year = schoolYearOf(dayIn(at, zone));
  return { year, next: startOfDay(day.parse(`${year}-07-01`), zone) };
}

/** Gathers the row of one partner. A record or a workload that does not exist yet counts nothing. */
export function matrixPartner(
  listing: Listing,
  approvals: readonly Approval[],
  counted: CountedYear,
  record: TrackRecord = noRecord,
  workload: Workload = { byYear: {} },
): MatrixPartner {
  const { content } = listing;
  const capacity = capacityOf(listing, workload, counted);
  return {
    id: listing.partner,
    name: content.name,
    summary: content.summary,
    text: [content.description, content.focus ?? '', ...content.offerings.map((one) => one.name)].filter(
      (piece) => piece !== '',
    ),
    claimed: listing.claimed,
    ...(listing.documentedRole === undefined ? {} : { documentedRole: listing.documentedRole.text }),
    approvals,
    offerings: content.offerings,
    findings: content.findings,
    sites: content.sites,
    ...(capacity === undefined ? {} : { capacity }),
    record,
  };
}

/** A published capacity without a limit and without a start says nothing about room, so it is unknown. */
function capacityOf({ content }: Listing, workload: Workload, { year, next }: CountedYear): MatrixCapacity | undefined {
  const { clientsAtMost, clientsNow, earliestStart, asOf } = content.capacity ?? {};
  if (clientsAtMost === undefined && earliestStart === undefined) return undefined;
  // What was stated in one school year says nothing about another.
  const clientsIn = (counted: number): number =>
    (asOf !== undefined && schoolYearOf(asOf) === counted ? (clientsNow ?? 0) : 0) + (workload.byYear[counted] ?? 0);
  return {
    ...(clientsAtMost === undefined ? {} : { clientsAtMost }),
    clientsNow: clientsIn(year),
    clientsNext: clientsIn(year + 1),
    nextYear: next,
    ...(earliestStart === undefined ? {} : { earliestStart }),
  };
}

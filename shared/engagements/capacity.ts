import { daysOfSchoolYear, schoolYearOf, type Day } from '../kernel/instants.ts';

/** What is known of a partner's room: what it states, and the engagements that were awarded here. */
export interface CapacityFacts {
  readonly stated?:
    | {
        /** Clients that it takes in one school year. */
        readonly clientsAtMost?: number | undefined;
        /** Clients beside the engagements below, in the school year of `asOf`. */
        readonly clientsNow?: number | undefined;
        readonly earliestStart?: Day | undefined;
        readonly asOf: Day;
      }
    | undefined;
  readonly engagements: readonly { readonly from: Day; readonly until: Day }[];
}

/** `from` is the first day with room; absent where none can be named. */
export type Room = { readonly has: true } | { readonly has: false; readonly from?: Day };

const lastKnownDay = '2100-06-30';

/**
 * Whether a partner has room for a start on `wantedStart`, and if not, from when.
 *
 * Room is unknown, and therefore not refused, where the partner states neither a limit nor an earliest
 * start. Otherwise the start must not lie before `earliestStart`, and
 * `clientsNow (only in the school year of asOf) + engagements that touch the school year of the start`
 * must be below `clientsAtMost`, because the limit is one for a school year.
 */
export function roomBefore(capacity: CapacityFacts, wantedStart: Day): Room {
  const from = firstDayWithRoom(capacity, wantedStart);
  if (from === wantedStart) return { has: true };
  return { has: false, ...(from === undefined ? {} : { from }) };
}

function firstDayWithRoom({ stated, engagements }: CapacityFacts, wantedStart: Day): Day | undefined {
  const earliest = stated?.earliestStart;
  const begin = earliest !== undefined && earliest > wantedStart ? earliest : wantedStart;
  const limit = stated?.clientsAtMost;
  if (stated === undefined || limit === undefined) return begin;
  if (limit === 0 || begin > lastKnownDay) return undefined;
  for (let year: number = schoolYearOf(begin); year <= 2100; year += 1) {
    const { first, last } = daysOfSchoolYear(year);
    const others = stated.asOf >= first && stated.asOf <= last ? (stated.clientsNow ?? 0) : 0;
    const here = engagements.filter((one) => one.from <= last && one.until >= first).length;
    if (others + here < limit) return begin > first ? begin : first;
  }
  return undefined;
}

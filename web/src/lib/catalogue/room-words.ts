import type { Capacity } from '#shared/catalogue/model.ts';
import { roomBefore } from '#shared/engagements/capacity.ts';
import { daysOfSchoolYear, schoolYearOf, type Day } from '#shared/kernel/instants.ts';
import { showDay } from '#shared/kernel/show-instant.ts';

/**
 * Why a partner has no room for a start today, by the rule that a request is checked by; undefined
 * where it has room, or says nothing of it.
 *
 * @param workload the engagements of this school year that were awarded here.
 */
export function roomWords(capacity: Capacity | undefined, workload: number, today: Day): string | undefined {
  if (capacity === undefined) return undefined;
  const { first, last } = daysOfSchoolYear(schoolYearOf(today));
  const engagements = Array.from({ length: workload }, () => ({ from: first, until: last }));
  const room = roomBefore({ stated: capacity, engagements }, today);
  if (room.has) return undefined;
  const next = room.from === undefined ? 'It names no day from which it has room.' : `Room from ${showDay(room.from)}.`;
  const limit = { ...capacity, earliestStart: undefined };
  const isFull = !roomBefore({ stated: limit, engagements }, today).has;
  return isFull ? `Full this school year. ${next}` : next;
}

import * as z from 'zod';
import type { RecordedEvent } from '../kernel/events.ts';
import { organizationId, termId } from '../kernel/ids.ts';
import { instant } from '../kernel/instants.ts';
import type { Program } from '../programs/program.ts';
import { changeLogEntry, changeSubject, fieldNames, identity, publicFacts } from './change-log.ts';

/** A public fact in brief: which fields changed, without what stood there. */
export const changeBrief = z.object({
  at: instant,
  type: z.string().max(80),
  partner: organizationId,
  area: termId.optional(),
  reason: termId.optional(),
  words: z.string().max(4000).optional(),
  fields: z.array(z.string().max(80)),
});
export type ChangeBrief = z.infer<typeof changeBrief>;

/** One line of a program's public change log. What was there before and after stands in the partner's log. */
export const changeLine = changeLogEntry
  .omit({ changes: true })
  .extend({ name: z.string(), fields: z.array(z.string()) });
export type ChangeLine = z.infer<typeof changeLine>;

/** The field of the content, or of the approval, that a path leads into; undefined for what the line itself says. */
function topOf(path: string, about: ChangeLine['about']): string | undefined {
  const [top, field] = path.split('.');
  if (about === 'listing') return top === 'content' ? field : undefined;
  return top === undefined || identity.has(top) ? undefined : top;
}

/** The brief of a recorded fact; undefined for a fact that is not public. Of a new listing, all is new: no fields. */
export function changeBriefOf(event: RecordedEvent): ChangeBrief | undefined {
  const fact = publicFacts[event.type];
  if (fact === undefined) return undefined;
  const tops = event.changes.flatMap(({ path }) => topOf(path, fact.about) ?? []);
  return {
    at: event.at,
    type: event.type,
    ...changeSubject.parse(event.data),
    ...(event.reason === undefined ? {} : { words: event.reason }),
    fields: event.sequence === 1 ? [] : [...new Set(tops)],
  };
}

/** How many changes stand on a partner's own page. */
export const latestShown = 3;

/** What the state said, as far as a partner's own page tells it; the log has all of it. */
const latestWords = 600;

/**
 * The brief as a partner's page keeps it. Words of a page's length are cut, so that the latest few
 * stay one small read, whatever was said.
 */
export function latestBriefOf(brief: ChangeBrief): ChangeBrief {
  const { words } = brief;
  if (words === undefined || words.length <= latestWords) return brief;
  return { ...brief, words: `${words.slice(0, latestWords - 1).trimEnd()}…` };
}

/** @param name what the partner is called now. */
export function changeLineOf(brief: ChangeBrief, name: string, program: Program): ChangeLine | undefined {
  const { type, reason, fields, ...rest } = brief;
  const fact = publicFacts[type];
  if (fact === undefined) return undefined;
  const reasonName = program.reasons.approval.find((one) => one.id === reason)?.name ?? reason;
  return {
    ...rest,
    ...fact,
    name,
    ...(reasonName === undefined ? {} : { reason: reasonName }),
    fields: fields.map((field) => fieldNames[field] ?? field),
  };
}

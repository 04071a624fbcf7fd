import { changeLogEntryOf, type ChangeLogEntry } from '#shared/catalogue/change-log.ts';
import type { Listing, ListingContent } from '#shared/catalogue/model.ts';
import type { FieldChange } from '#shared/kernel/events.ts';
import type { ProgramFacts } from '#lib/api.ts';
import { isRecord } from '#lib/is-record.ts';

function byId(list: readonly unknown[]): Readonly<Record<string, unknown>> | undefined {
  const entries = list.map((one) =>
    isRecord(one) && typeof one['id'] === 'string' ? ([one['id'], one] as const) : undefined,
  );
  return entries.every((one) => one !== undefined) ? Object.fromEntries(entries) : undefined;
}

/** The paths at which two contents differ; an entry of a list is compared by its id where it has one. */
function* differences(path: string, before: unknown, after: unknown): Generator<FieldChange> {
  if (isRecord(before) && isRecord(after)) {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      yield* differences(`${path}.${name}`, before[name], after[name]);
    }
    return;
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length + after.length > 0) {
    const [was, is] = [byId(before), byId(after)];
    if (was !== undefined && is !== undefined) {
      yield* differences(path, was, is);
      return;
    }
  }
  const [was, is] = [JSON.stringify(before), JSON.stringify(after)];
  if (was === is) return;
  yield {
    path,
    ...(was === undefined ? {} : { before: JSON.parse(was) }),
    ...(is === undefined ? {} : { after: JSON.parse(is) }),
  };
}

/** What publishing `content` would change, in the words that the public change log will have. */
export function draftChanges(
  listing: Listing,
  content: ListingContent,
  program: ProgramFacts,
): ChangeLogEntry['changes'] {
  const changes = [...differences('content', listing.content, content)];
  if (changes.length === 0) return [];
  // The log words a recorded fact; this one is not recorded yet, so it has no chain.
  const fact = {
    aggregate: 'draft',
    sequence: 1,
    program: program.id,
    type: 'catalogue.listing-published',
    at: listing.publishedAt,
    by: { kind: 'system', part: 'preview' },
    data: JSON.parse(JSON.stringify({ partner: listing.partner, version: 1, content })),
    changes,
    previous: '',
    hash: '',
  } as const;
  return changeLogEntryOf(fact, program)?.changes ?? [];
}

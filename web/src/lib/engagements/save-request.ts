import { fail } from '@sveltejs/kit';
import type { DraftContent } from '#shared/engagements/model.ts';
import { refusals } from '#shared/kernel/refusals.ts';
import { apiFor } from '#lib/api.ts';
import { formOf } from '#lib/forms/refused-form.ts';
import { typedValues } from '#lib/forms/typed-values.ts';
import { ApiRefusal, refusalOf } from '#lib/refusal.ts';
import { candidatesFor } from './candidates.ts';
import { atFields, readRequest, textOf } from './read-request.ts';

type Fetch = typeof globalThis.fetch;

interface Saved {
  readonly request: string;
  readonly version: number;
}

/** A draft as somebody else has left it meanwhile. */
export interface Newer {
  readonly version: number;
  readonly content: DraftContent;
}

/** Another person's version, where the draft can still be read and changed. */
async function newerOf(fetch: Fetch, program: string, request: string): Promise<Newer | undefined> {
  try {
    const shown = await apiFor(fetch).engagements.requests.get({ params: { program, request } });
    return { version: shown.version, content: shown.request.content };
  } catch (thrown) {
    if (refusalOf(thrown) === undefined) throw thrown;
    return undefined;
  }
}

/** The form of a draft as it was typed, with its partners. What is no refusal is thrown on. */
export async function refusedDraft(fetch: Fetch, program: string, thrown: unknown, typed: FormData) {
  const refusal = refusalOf(thrown);
  if (refusal === undefined) throw thrown;
  const values = typedValues(typed);
  const named = { ...refusal, ...(refusal.fields === undefined ? {} : { fields: atFields(refusal.fields) }) };
  const conflict = refusal.code === 'changed-meanwhile' || refusal.code === 'already-exists';
  const [candidates, newer] = await Promise.all([
    candidatesFor(fetch, program, values['asked'] ?? []),
    conflict ? newerOf(fetch, program, textOf(values, 'id')) : undefined,
  ]);
  return fail(refusals[refusal.code].status, { refused: formOf(named, typed), candidates, newer });
}

/**
 * Saves what the request's form says: as a new draft where the form knows no version yet, else as the
 * next version of the one it was opened on. What cannot be saved comes back with everything typed, and
 * with the other person's version where there is one.
 */
export async function saveRequest(fetch: Fetch, program: string, typed: FormData) {
  const values = typedValues(typed);
  const api = apiFor(fetch);
  const { requests } = api.engagements;
  const version = textOf(values, 'version');
  const id = textOf(values, 'id');
  try {
    const { zone } = await api.catalogue.programs.get({ params: { program } });
    const read = readRequest(values, zone);
    if ('problems' in read) throw new ApiRefusal({ code: 'invalid', fields: read.problems });
    const content = read.value;
    const saved: Saved =
      version === ''
        ? await requests.draft({ params: { program }, body: { id, content } })
        : await requests.edit({ params: { program, request: id }, body: { version: Number(version), content } });
    return { saved, zone };
  } catch (thrown) {
    return refusedDraft(fetch, program, thrown, typed);
  }
}

import { fail } from '@sveltejs/kit';
import type { DraftContent } from '#shared/engagements/model.ts';
import type { Zone } from '#shared/kernel/instants.ts';
import { refusals, type Refusal } from '#shared/kernel/refusals.ts';
import { apiFor } from '#lib/api.ts';
import { formOf } from '#lib/forms/refused-form.ts';
import { typedValues } from '#lib/forms/typed-values.ts';
import { refusalOf } from '#lib/refusal.ts';
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

async function refused(fetch: Fetch, program: string, refusal: Refusal, typed: FormData) {
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
export async function saveRequest(
  fetch: Fetch,
  program: { readonly id: string; readonly zone: Zone },
  typed: FormData,
) {
  const values = typedValues(typed);
  const read = readRequest(values, program.zone);
  if ('problems' in read) return refused(fetch, program.id, { code: 'invalid', fields: read.problems }, typed);
  const api = apiFor(fetch).engagements.requests;
  const version = textOf(values, 'version');
  const id = textOf(values, 'id');
  try {
    const saved: Saved =
      version === ''
        ? await api.draft({ params: { program: program.id }, body: { id, content: read.value } })
        : await api.edit({
            params: { program: program.id, request: id },
            body: { version: Number(version), content: read.value },
          });
    return { saved };
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (refusal === undefined) throw thrown;
    return refused(fetch, program.id, refusal, typed);
  }
}

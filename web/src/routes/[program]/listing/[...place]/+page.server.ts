import { error, fail, redirect } from '@sveltejs/kit';
import { listingContent } from '#shared/catalogue/model.ts';
import { refusals, type Refusal } from '#shared/kernel/refusals.ts';
import { readSession } from '#lib/accounts/read-session.ts';
import { valueAt, withoutAt, withValueAt } from '#lib/catalogue/editing/content-path.ts';
import { contentOf, openDesk } from '#lib/catalogue/editing/desk.ts';
import { fieldsOf } from '#lib/catalogue/editing/entry-fields.ts';
import { problemsOf, readEntry } from '#lib/catalogue/editing/entry-field.ts';
import { entryId, entryPlace, type EntryPlace } from '#lib/catalogue/editing/entry-place.ts';
import { apiFor } from '#lib/api.ts';
import { forPage, sentenceForStatus } from '#lib/failure.ts';
import { formOf } from '#lib/forms/refused-form.ts';
import { typedValues } from '#lib/forms/typed-values.ts';
import { isRecord } from '#lib/is-record.ts';
import { refusalOf } from '#lib/refusal.ts';
import type { Actions, RequestEvent } from './$types';

async function gather({ fetch, params, request }: RequestEvent) {
  const typed = await request.formData();
  const [program, { editing }] = await Promise.all([
    forPage(apiFor(fetch).catalogue.programs.get({ params: { program: params.program } })),
    readSession(fetch).then((session) => openDesk(fetch, session, params.program)),
  ]);
  const content = contentOf(editing);
  const place = entryPlace(params.place, content);
  if (place === undefined) error(404, { message: sentenceForStatus(404) });
  return { typed, program, editing, content, place };
}

type Gathered = Awaited<ReturnType<typeof gather>>;

/** The form comes back with everything that was typed. `isConflict`: somebody saved another version meanwhile. */
function refused(refusal: Refusal, typed: FormData) {
  return fail(refusals[refusal.code].status, {
    refused: formOf(refusal, typed),
    isConflict: refusal.code === 'changed-meanwhile',
  });
}

/** A new offering or finding gets its id from its name; a new price, claim or place has none. */
function withId(entry: unknown, place: EntryPlace, { content }: Gathered): unknown {
  const { kind, state } = place;
  if (state === 'there' || (kind !== 'offerings' && kind !== 'findings') || !isRecord(entry)) return entry;
  const named = valueAt(entry, [kind === 'offerings' ? 'name' : 'study']);
  const name = typeof named === 'string' ? named : '';
  const id =
    place.id ??
    entryId(
      name,
      content[kind].map((one) => one.id),
    );
  return kind === 'offerings' ? { id, prices: [], ...entry } : { id, ...entry };
}

/** Saves a content that is checked by the same schema as the API's, so that each sentence finds its field. */
async function save({ fetch, params }: RequestEvent, gathered: Gathered, candidate: unknown) {
  const { typed, program, editing, place } = gathered;
  const parsed = listingContent.safeParse(candidate);
  if (!parsed.success) {
    const { problems, message } = problemsOf(parsed.error.issues, place.path, fieldsOf(place.kind, program));
    return refused({ code: 'invalid', fields: problems, ...(message === undefined ? {} : { message }) }, typed);
  }
  try {
    await apiFor(fetch).catalogue.listing.save({
      params: { program: params.program, partner: editing.listing.partner },
      body: { content: parsed.data, version: Number(typed.get('version') ?? 0) },
    });
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (refusal === undefined) throw thrown;
    return refused(refusal, typed);
  }
  return undefined;
}

export const actions: Actions = {
  save: async (event) => {
    const gathered = await gather(event);
    const { typed, program, content, place } = gathered;
    const fields = fieldsOf(place.kind, program);
    const before = place.state === 'there' ? valueAt(content, place.path) : {};
    const { entry, problems } = readEntry(fields, typedValues(typed), before);
    if (Object.keys(problems).length > 0) return refused({ code: 'invalid', fields: problems }, typed);
    const named = withId(entry, place, gathered);
    const isEmpty = isRecord(named) && Object.keys(named).length === 0;
    const candidate = isEmpty ? withoutAt(content, place.path) : withValueAt(content, place.path, named);
    const no = await save(event, gathered, candidate);
    if (no !== undefined) return no;
    const id = place.kind === 'offerings' && isRecord(named) ? `/offerings/${String(named['id'])}` : place.back;
    redirect(303, `/${event.params.program}/listing${id}?done=saved`);
  },

  remove: async (event) => {
    const gathered = await gather(event);
    const { content, place } = gathered;
    if (place.kind === 'about') error(400, { message: sentenceForStatus(400) });
    const candidate = place.state === 'there' ? withoutAt(content, place.path) : content;
    const no = await save(event, gathered, candidate);
    if (no !== undefined) return no;
    redirect(303, `/${event.params.program}/listing${place.back}?done=removed`);
  },
};

import { error, fail, redirect } from '@sveltejs/kit';
import { listingContent, type ListingContent } from '#shared/catalogue/model.ts';
import { showInstant } from '#shared/kernel/show-instant.ts';
import { readSession } from '#lib/accounts/read-session.ts';
import { valueAt, withoutAt, withValueAt } from '#lib/catalogue/editing/content-path.ts';
import { contentOf, deskOf } from '#lib/catalogue/editing/desk.ts';
import { fieldsOf } from '#lib/catalogue/editing/entry-fields.ts';
import { problemsOf, readEntry, type EntryField } from '#lib/catalogue/editing/entry-field.ts';
import { entryAddress, entryId, entryPlace, type EntryPlace } from '#lib/catalogue/editing/entry-place.ts';
import { siteDistricts } from '#lib/catalogue/editing/site-districts.ts';
import { apiFor } from '#lib/api.ts';
import { sentenceForStatus } from '#lib/status-sentence.ts';
import { refusedForm } from '#lib/forms/refused-form.ts';
import { textIn } from '#lib/forms/text-in.ts';
import { typedValues } from '#lib/forms/typed-values.ts';
import { isRecord } from '#lib/is-record.ts';
import { ApiRefusal } from '#lib/refusal.ts';
import type { Actions, RequestEvent } from './$types';

async function districtsIn({ fetch, params }: RequestEvent, typed: FormData) {
  if (!typed.has('district')) return undefined;
  return siteDistricts(fetch, params.program, textIn(typed, 'district'), textIn(typed, 'districtName').slice(0, 100));
}

async function gather(event: RequestEvent, typed: FormData) {
  const { fetch, params } = event;
  const [program, { editing }, districts] = await Promise.all([
    apiFor(fetch).catalogue.programs.get({ params: { program: params.program } }),
    readSession(fetch).then((session) => deskOf(fetch, session, params.program)),
    districtsIn(event, typed),
  ]);
  const content = contentOf(editing);
  // A new entry that saved itself has an address of its own by now.
  const place = entryPlace(textIn(typed, 'place') || params.place, content);
  if (place === undefined) throw new ApiRefusal({ code: 'not-found' });
  return { program, editing, content, place, fields: fieldsOf(place.kind, program, districts?.terms) };
}

type Gathered = Awaited<ReturnType<typeof gather>>;

/** A new offering or finding gets its id from its name; a new price, claim or place has none. */
function withId(entry: unknown, place: EntryPlace, content: ListingContent): unknown {
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

/** Checks a content by the same schema as the API's, so that each sentence finds its field. */
function checked(candidate: unknown, place: EntryPlace, fields: readonly EntryField[]): ListingContent {
  const parsed = listingContent.safeParse(candidate);
  if (parsed.success) return parsed.data;
  const { problems, message } = problemsOf(parsed.error.issues, place.path, fields);
  throw new ApiRefusal({ code: 'invalid', fields: problems, ...(message === undefined ? {} : { message }) });
}

/** The content with the entry as it was typed. Throws the refusal of what cannot be stored. */
function contentTyped({ content, place, fields }: Gathered, typed: FormData) {
  const before = place.state === 'there' ? valueAt(content, place.path) : {};
  const { entry, problems } = readEntry(fields, typedValues(typed), before);
  if (Object.keys(problems).length > 0) throw new ApiRefusal({ code: 'invalid', fields: problems });
  const named = withId(entry, place, content);
  const isEmpty = isRecord(named) && Object.keys(named).length === 0;
  const candidate = isEmpty ? withoutAt(content, place.path) : withValueAt(content, place.path, named);
  return { content: checked(candidate, place, fields), address: entryAddress(place, named) };
}

function store({ fetch, params }: RequestEvent, { editing }: Gathered, typed: FormData, content: ListingContent) {
  return apiFor(fetch).catalogue.listing.save({
    params: { program: params.program, partner: editing.listing.partner },
    body: { content, version: Number(typed.get('version') ?? 0) },
  });
}

/** The form comes back with everything that was typed, and with the districts that it offered. */
async function refused(event: RequestEvent, thrown: unknown, typed: FormData, name: 'save' | 'keep') {
  const { status, data } = refusedForm(thrown, typed, { name });
  return fail(status, { ...data, districts: await districtsIn(event, typed) });
}

export const actions: Actions = {
  save: async (event) => {
    const typed = await event.request.formData();
    let next: string;
    try {
      const gathered = await gather(event, typed);
      const { content, address } = contentTyped(gathered, typed);
      await store(event, gathered, typed, content);
      next = gathered.place.kind === 'offerings' ? `/${address}` : gathered.place.back;
    } catch (thrown) {
      return refused(event, thrown, typed, 'save');
    }
    redirect(303, `/${event.params.program}/listing${next}?done=saved`);
  },

  /** Saves in the background, when a field is left. */
  keep: async (event) => {
    const typed = await event.request.formData();
    try {
      const gathered = await gather(event, typed);
      if (gathered.place.state === 'removed') {
        const message = 'This entry is not in the draft any more. Save it yourself to add it again.';
        throw new ApiRefusal({ code: 'wrong-state', message });
      }
      const { content, address } = contentTyped(gathered, typed);
      const { draft, draftVersion } = await store(event, gathered, typed, content);
      const at = draft === undefined ? '' : showInstant(draft.savedAt, gathered.program.zone);
      return { saved: { at, fields: { version: String(draftVersion), place: address } } };
    } catch (thrown) {
      return refused(event, thrown, typed, 'keep');
    }
  },

  /** Looks for districts and gives the form back as it was. */
  find: async (event) => {
    const typed = await event.request.formData();
    try {
      return { values: typedValues(typed), districts: await districtsIn(event, typed) };
    } catch (thrown) {
      return refused(event, thrown, typed, 'save');
    }
  },

  remove: async (event) => {
    const typed = await event.request.formData();
    let back: string;
    try {
      const gathered = await gather(event, typed);
      const { content, place, fields } = gathered;
      if (place.kind === 'about') error(400, { message: sentenceForStatus(400) });
      const candidate = place.state === 'there' ? withoutAt(content, place.path) : content;
      await store(event, gathered, typed, checked(candidate, place, fields));
      back = place.back;
    } catch (thrown) {
      return refusedForm(thrown, typed, { name: 'remove' });
    }
    redirect(303, `/${event.params.program}/listing${back}?done=removed`);
  },
};

import { error } from '@sveltejs/kit';
import { valueAt } from '#lib/catalogue/editing/content-path.ts';
import { contentOf, openDesk, type Desk } from '#lib/catalogue/editing/desk.ts';
import { entryPlace, type EntryPlace } from '#lib/catalogue/editing/entry-place.ts';
import { siteDistricts } from '#lib/catalogue/editing/site-districts.ts';
import { forPage } from '#lib/failure.ts';
import { sentenceForStatus } from '#lib/status-sentence.ts';
import type { PageLoad } from './$types';

/** Only a place where the partner works is in a district. */
async function districtsOf(fetch: typeof globalThis.fetch, program: string, { editing }: Desk, place: EntryPlace) {
  if (place.kind !== 'sites') return undefined;
  const chosen = valueAt(contentOf(editing), [...place.path, 'district']);
  return forPage(siteDistricts(fetch, program, typeof chosen === 'string' ? chosen : ''));
}

export const load: PageLoad = async ({ fetch, params, parent }) => {
  const { session } = await parent();
  const desk = await openDesk(fetch, session, params.program);
  const place = entryPlace(params.place, contentOf(desk.editing));
  if (place === undefined) error(404, { message: sentenceForStatus(404) });
  return { ...desk, place, address: params.place, districts: await districtsOf(fetch, params.program, desk, place) };
};

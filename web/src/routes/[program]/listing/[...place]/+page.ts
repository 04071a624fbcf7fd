import { error } from '@sveltejs/kit';
import { contentOf, openDesk } from '#lib/catalogue/editing/desk.ts';
import { entryPlace } from '#lib/catalogue/editing/entry-place.ts';
import { sentenceForStatus } from '#lib/failure.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent }) => {
  const { session } = await parent();
  const desk = await openDesk(fetch, session, params.program);
  const place = entryPlace(params.place, contentOf(desk.editing));
  if (place === undefined) error(404, { message: sentenceForStatus(404) });
  return { ...desk, place };
};

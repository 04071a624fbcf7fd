import { error } from '@sveltejs/kit';
import { contentOf, openDesk } from '#lib/catalogue/editing/desk.ts';
import { entryPlace } from '#lib/catalogue/editing/entry-place.ts';
import { sentenceForStatus } from '#lib/failure.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params }) => {
  const desk = await openDesk(fetch, params.program);
  const place = entryPlace(params.place, contentOf(desk.editing));
  if (place === undefined) error(404, { message: sentenceForStatus(404) });
  return { ...desk, place };
};

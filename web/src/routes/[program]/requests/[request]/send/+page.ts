import { candidatesFor } from '#lib/engagements/candidates.ts';
import { openForAct } from '#lib/engagements/district-desk.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent }) => {
  const { session } = await parent();
  const desk = await openForAct(fetch, session, params, 'send');
  return { ...desk, candidates: await candidatesFor(fetch, params.program, desk.shown.request.content.asked) };
};

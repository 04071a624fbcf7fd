import { candidatesFor } from '#lib/engagements/candidates.ts';
import { openRequest } from '#lib/engagements/district-desk.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent, data }) => {
  const { session } = await parent();
  const desk = await openRequest(fetch, session, params);
  const { phase, content } = desk.shown.request;
  // A sent request names its partners itself, as they were called then.
  const candidates = phase === 'draft' ? await candidatesFor(fetch, params.program, content.asked) : [];
  return { ...desk, candidates, newComment: data.newComment };
};

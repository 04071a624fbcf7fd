import { openRequest } from '#lib/engagements/district-desk.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent, data }) => {
  const { session } = await parent();
  return { ...(await openRequest(fetch, session, params)), newComment: data.newComment };
};

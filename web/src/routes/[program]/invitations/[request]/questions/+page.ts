import { apiFor } from '#lib/api.ts';
import { actingAs } from '#lib/accounts/session.ts';
import { cursorIn } from '#lib/catalogue/cursor-in.ts';
import { forPage } from '#lib/failure.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent, url }) => {
  const { session } = await parent();
  actingAs(session, params.program, 'partner');
  const questions = await forPage(apiFor(fetch).engagements.invitations.questions({ params, query: cursorIn(url) }));
  return { questions, request: params.request };
};

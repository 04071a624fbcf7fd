import { apiFor } from '#lib/api.ts';
import { actingAs } from '#lib/accounts/session.ts';
import { schoolsOf } from '#lib/engagements/districts.ts';
import { forPage } from '#lib/failure.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent, data }) => {
  const { session } = await parent();
  const acting = actingAs(session, params.program, 'partner');
  const shown = await forPage(apiFor(fetch).engagements.invitations.get({ params }));
  return {
    acting,
    shown,
    schools: await schoolsOf(fetch, params.program, shown.district),
    newQuestion: data.newQuestion,
  };
};

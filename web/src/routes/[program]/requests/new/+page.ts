import { error } from '@sveltejs/kit';
import { emptyDraft } from '#shared/engagements/empty-draft.ts';
import { whyRoleNot } from '#shared/engagements/permitted-acts.ts';
import { actingAs } from '#lib/accounts/session.ts';
import { candidatesFor } from '#lib/engagements/candidates.ts';
import { areaOptions } from '#lib/engagements/areas.ts';
import { schoolsOf } from '#lib/engagements/districts.ts';
import { typedRequest } from '#lib/engagements/read-request.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent, url, data }) => {
  const { session, program } = await parent();
  const acting = actingAs(session, params.program, 'district');
  const barred = whyRoleNot('draft', acting.roles);
  if (barred !== undefined) error(403, barred);
  const [schools, candidates] = await Promise.all([
    schoolsOf(fetch, params.program, acting.organization),
    candidatesFor(fetch, params.program, url.searchParams.getAll('partner')),
  ]);
  return {
    id: data.id,
    acting,
    schools,
    candidates,
    stored: {
      ...typedRequest(emptyDraft(data.at, program.zone), program.zone),
      asked: candidates.map((one) => one.id),
      area: areaOptions(program).find(({ value }) => value === url.searchParams.get('area'))?.value ?? '',
    },
  };
};

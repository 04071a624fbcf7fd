import { error } from '@sveltejs/kit';
import { areasOf } from '#shared/programs/areas.ts';
import { isApprovalAct } from '#lib/catalogue/approval-acts.ts';
import { approvalIn, openApprovals } from '#lib/catalogue/approvals-desk.ts';
import { areaNotPublished } from '#lib/catalogue/terms.ts';
import { sentenceForStatus } from '#lib/status-sentence.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent }) => {
  const { act } = params;
  const { program, session } = await parent();
  const shown = await openApprovals(fetch, session, params.program, params.partner);
  const area = [...areasOf(program), areaNotPublished].find(({ id }) => id === params.area);
  if (!isApprovalAct(act) || area === undefined) error(404, { message: sentenceForStatus(404) });
  return { shown, act, area, entry: approvalIn(shown, area.id) };
};

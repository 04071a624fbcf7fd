import { openApprovals } from '#lib/catalogue/approvals-desk.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params }) => ({
  shown: await openApprovals(fetch, params.program, params.partner),
});

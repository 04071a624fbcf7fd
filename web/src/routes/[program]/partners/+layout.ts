import { readOwnDistrict } from '#lib/accounts/own-district.ts';
import type { LayoutLoad } from './$types';

/** Read once for the list and the pages of partners, and not again while somebody filters. */
export const load: LayoutLoad = async ({ fetch, parent }) => {
  const { session, program } = await parent();
  return { district: await readOwnDistrict(fetch, session?.acting, program) };
};

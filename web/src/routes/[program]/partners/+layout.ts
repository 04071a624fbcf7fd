import { worksIn } from '#lib/accounts/works-in.ts';
import type { LayoutLoad } from './$types';

/**
 * Whom a person of a district of this program acts for, and what is published of it: read once for the
 * list and the pages of partners, and not again while somebody filters.
 */
export const load: LayoutLoad = async ({ fetch, parent }) => {
  const { session, program } = await parent();
  const acting = session?.acting;
  if (acting?.kind !== 'district' || !worksIn(acting, program.id)) return {};
  // The public is spared the code.
  const { readOwnDistrict } = await import('#lib/accounts/read-own-district.ts');
  return { district: { acting, published: await readOwnDistrict(fetch, acting, program) } };
};

import { worksIn } from '#lib/accounts/works-in.ts';
import type { LayoutLoad } from './$types';

/** The pages that work out what a partner would cost. */
const withCosts: readonly (string | null)[] = ['/[program]/partners', '/[program]/partners/[partner]'];

/**
 * Whom a person of a district of this program acts for, and what is published of it, for the list and the
 * pages of partners. Where the address gives no figures, these pages are those with the district's own:
 * what stands in the fields, in the address and behind the costs is the same, whichever way one came.
 */
export const load: LayoutLoad = async ({ parent, route, url }) => {
  const { session, program } = await parent();
  const acting = session?.acting;
  if (acting?.kind !== 'district' || !worksIn(acting, program.id)) return {};
  // The public is spared the code.
  const [{ ownDistrict }, { toOwnFigures }] = await Promise.all([
    import('#lib/accounts/own-district.ts'),
    import('#lib/catalogue/own-figures.ts'),
  ]);
  const published = ownDistrict(program, acting);
  if (withCosts.includes(route.id)) toOwnFigures(url, published.scenario);
  return { district: { acting, published } };
};

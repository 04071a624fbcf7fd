import { apiFor } from '#lib/api.ts';
import { refusalOf } from '#lib/refusal.ts';
import type { PageLoad } from './$types';

/** The numbers of the list. The page tells what the program is also while the matrix is being built. */
export const load: PageLoad = async ({ fetch, params }) => {
  try {
    const { total, facets, builtAt } = await apiFor(fetch).partners.list({
      params: { program: params.program },
      query: {},
    });
    return { list: { total, byArea: facets['area'] ?? {}, builtAt } };
  } catch (thrown) {
    if (refusalOf(thrown) === undefined) throw thrown;
    return {};
  }
};

import { declaredRoutes } from '#shared/contract/routes.ts';
import { routesByTag } from '#lib/catalogue/docs/api-routes.ts';
import { apiFor } from '#lib/api.ts';
import { forPage } from '#lib/failure.ts';
import type { PageServerLoad } from './$types';

// Read on the server only: the page is words, and the document behind it is larger than the page.
export const csr = false;

export const load: PageServerLoad = async ({ fetch }) => {
  const api = apiFor(fetch);
  const [document, { programs }] = await Promise.all([
    forPage(api.service.openapi()),
    forPage(api.catalogue.programs.list()),
  ]);
  return { groups: routesByTag(document, declaredRoutes), programs };
};

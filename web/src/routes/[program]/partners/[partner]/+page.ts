import { apiFor } from '#lib/api.ts';
import { forPage } from '#lib/failure.ts';
import { actingOf, type Acting } from '#lib/catalogue/viewer.ts';
import type { PageLoad } from './$types';

type Fetch = typeof globalThis.fetch;

/** What is published of the visitor's own district, where a person of a district of this program reads. */
async function districtOf(fetch: Fetch, acting: Acting | undefined, program: string) {
  if (acting?.kind !== 'district' || acting.program !== program) return undefined;
  const read = apiFor(fetch).accounts.districts.get({ params: { program, district: acting.organization }, query: {} });
  const { name, facts } = await forPage(read);
  return {
    name,
    scenario: {
      ...(facts.schools === undefined ? {} : { schools: facts.schools.value }),
      ...(facts.enrollment === undefined ? {} : { students: facts.enrollment.value }),
    },
  };
}

export const load: PageLoad = async ({ fetch, params }) => {
  const { program, partner } = params;
  const api = apiFor(fetch).catalogue;
  const [shown, changes, visitor] = await Promise.all([
    forPage(api.partners.get({ params: { program, partner } })),
    forPage(api.partners.changes({ params: { program, partner }, query: {} })),
    actingOf(fetch).then(async (acting) => ({ acting, district: await districtOf(fetch, acting, program) })),
  ]);
  return { shown, changes, ...visitor };
};

import { apiFor } from '#lib/api.ts';
import { refusalOf } from '#lib/refusal.ts';

interface Term {
  readonly id: string;
  readonly name: string;
}

/** The districts that the form of a place offers. */
export interface SiteDistricts {
  readonly terms: readonly Term[];
  /** They are too many to list: one is looked for by its name. */
  readonly searchable: boolean;
}

type Fetch = typeof globalThis.fetch;

async function districtOf(fetch: Fetch, program: string, district: string): Promise<readonly Term[]> {
  if (district === '') return [];
  try {
    const { id, name } = await apiFor(fetch).accounts.districts.get({ params: { program, district }, query: {} });
    return [{ id, name }];
  } catch (thrown) {
    // A form may name anything; what is no district of the program is not offered.
    if (refusalOf(thrown) === undefined) throw thrown;
    return [];
  }
}

/** The chosen district, and all where they are few; else those whose name begins with `q`, if that says anything. */
export async function siteDistricts(fetch: Fetch, program: string, chosen: string, q = ''): Promise<SiteDistricts> {
  const [own, { items, next }] = await Promise.all([
    districtOf(fetch, program, chosen),
    apiFor(fetch).accounts.districts.list({ params: { program }, query: { q } }),
  ]);
  const searchable = q !== '' || next !== undefined;
  const listed = q === '' && searchable ? [] : items.map(({ id, name }) => ({ id, name }));
  return { terms: [...own.filter(({ id }) => listed.every((one) => one.id !== id)), ...listed], searchable };
}

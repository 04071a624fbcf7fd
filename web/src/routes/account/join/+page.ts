import { apiFor } from '#lib/api.ts';
import { signedInPerson } from '#lib/accounts/session.ts';
import { forPage } from '#lib/failure.ts';
import type { PageLoad } from './$types';

interface Found {
  readonly organization: string;
  readonly name: string;
}

type Fetch = typeof globalThis.fetch;

/** Organizations whose name fits, at most a page of them. */
async function find(fetch: Fetch, program: string, kind: string, q: string): Promise<readonly Found[]> {
  const api = apiFor(fetch);
  if (kind === 'agency') {
    const { agency } = await forPage(api.catalogue.programs.get({ params: { program } }));
    return [{ organization: agency.id, name: agency.name }];
  }
  if (kind === 'partner') {
    const query = { status: 'any', sort: 'name', ...(q === '' ? {} : { q }) };
    const { partners } = await forPage(api.catalogue.matrix.list({ params: { program }, query }));
    return partners.filter((one) => one.claimed).map(({ id, name }) => ({ organization: id, name }));
  }
  const { items } = await forPage(api.accounts.districts.list({ params: { program }, query: { q } }));
  return items.map(({ id, name }) => ({ organization: id, name }));
}

export const load: PageLoad = async ({ fetch, parent, url }) => {
  const { session } = await parent();
  signedInPerson(session);
  const { programs } = await forPage(apiFor(fetch).catalogue.programs.list());
  const asked = url.searchParams.get('program') ?? '';
  const program = programs.find((one) => one.id === asked)?.id;
  const kind = url.searchParams.get('kind') ?? 'district';
  const q = (url.searchParams.get('q') ?? '').trim().slice(0, 100);
  return {
    programs,
    wanted: { program: program ?? '', kind, q },
    found: program === undefined ? undefined : await find(fetch, program, kind, q),
    already: [
      ...(session?.memberships ?? []),
      ...(session?.joinRequests ?? []).filter((one) => one.decision !== 'declined'),
    ].map((one) => one.organization),
  };
};

import { apiFor } from '#lib/api.ts';
import { signedInPerson } from '#lib/accounts/session.ts';
import { forPage } from '#lib/failure.ts';
import type { PageLoad } from './$types';

interface Found {
  readonly organization: string;
  readonly name: string;
  /** Why nobody can ask to join it now. */
  readonly barred?: string;
}

interface Finding {
  readonly found: readonly Found[];
  /** How many more fit the name; absent where that is not counted, but there are some. */
  readonly more: number | undefined;
}

type Fetch = typeof globalThis.fetch;

const unclaimed = 'Nobody from it has an account here yet.';

/** Organizations whose name fits, at most a page of them. */
async function find(fetch: Fetch, program: string, kind: string, q: string): Promise<Finding> {
  const api = apiFor(fetch);
  if (kind === 'agency') {
    const { agency } = await forPage(api.catalogue.programs.get({ params: { program } }));
    return { found: [{ organization: agency.id, name: agency.name }], more: 0 };
  }
  if (kind === 'partner') {
    const query = { status: 'any', sort: 'name', ...(q === '' ? {} : { q }) };
    const { partners, total } = await forPage(api.partners.list({ params: { program }, query }));
    const found = partners.map(({ id, name, claimed }) => ({
      organization: id,
      name,
      ...(claimed ? {} : { barred: unclaimed }),
    }));
    return { found, more: total - found.length };
  }
  const { items, next } = await forPage(api.accounts.districts.list({ params: { program }, query: { q } }));
  const found = items.map(({ id, name }) => ({ organization: id, name }));
  return { found, more: next === undefined ? 0 : undefined };
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
    finding: program === undefined ? undefined : await find(fetch, program, kind, q),
    already: [
      ...(session?.memberships ?? []),
      ...(session?.joinRequests ?? []).filter((one) => one.decision !== 'declined'),
    ].map((one) => one.organization),
  };
};

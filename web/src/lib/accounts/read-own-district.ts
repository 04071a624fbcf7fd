import { apiFor, type ProgramFacts } from '#lib/api.ts';
import { refusalOf } from '#lib/refusal.ts';
import { ownDistrict, type OwnDistrict } from './own-district.ts';
import type { Belonging } from './session.ts';

/** The district that the visitor acts for; a page goes without it where it cannot be read. */
export async function readOwnDistrict(
  fetch: typeof globalThis.fetch,
  { organization }: Belonging,
  program: ProgramFacts,
): Promise<OwnDistrict | undefined> {
  try {
    const { name, facts } = await apiFor(fetch).accounts.organizations.get({ params: { organization } });
    return facts === undefined ? undefined : ownDistrict(program, name, facts);
  } catch (thrown) {
    if (refusalOf(thrown) === undefined) throw thrown;
    return undefined;
  }
}

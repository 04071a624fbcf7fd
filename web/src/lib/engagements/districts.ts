import { apiFor, type Api } from '#lib/api.ts';
import { forPage } from '#lib/failure.ts';

type Schools = Awaited<ReturnType<Api['accounts']['districts']['get']>>['schools'];

/** Every school of a district, by name: an API page has 200, and few districts have more. */
export async function schoolsOf(
  fetch: typeof globalThis.fetch,
  program: string,
  district: string,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const found: { id: string; name: string }[] = [];
  let after: Schools['next'];
  do {
    const { schools } = await forPage(
      apiFor(fetch).accounts.districts.get({
        params: { program, district },
        query: after === undefined ? {} : { after },
      }),
    );
    found.push(...schools.items.map(({ id, name }) => ({ id, name })));
    after = schools.next;
  } while (after !== undefined);
  return found;
}

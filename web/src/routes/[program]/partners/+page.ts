import { browser } from '$app/env';
import { matrixFor } from '#lib/matrix/matrix-for.ts';
import { forPage } from '#lib/failure.ts';
import { apiWords, readAddress } from '#lib/matrix/address.ts';
import { answeredAhead } from '#lib/matrix/answered-ahead.ts';
import { answerHere, prepareSearch } from '#lib/matrix/held-snapshot.ts';
import type { MatrixPageAnswer } from '#lib/matrix/answer.ts';
import type EmptyList from '#lib/matrix/empty-list.svelte';
import type { PageLoad } from './$types';

/** What stands in place of a list without partners; few come to see it, so the others are spared its code. */
async function emptyListFor({ page, pages }: MatrixPageAnswer): Promise<typeof EmptyList | undefined> {
  if (page <= pages) return undefined;
  // Without a network the sentence with the count has to do.
  return import('#lib/matrix/empty-list.svelte').then((part) => part.default).catch(() => undefined);
}

/**
 * The server asks the API. In the browser every change of the address comes here too, and is answered
 * from the snapshot once the page holds it: no request, and back and forward work by themselves.
 */
export const load: PageLoad = async ({ fetch, params, url, parent, depends }) => {
  depends('matrix:present');
  const { program, district } = await parent();
  const tools =
    district === undefined
      ? undefined
      : (await import('#lib/matrix/district-tools.ts')).districtTools(district.acting, district.published);
  const ahead = browser ? answeredAhead(url) : undefined;
  const read = ahead?.read ?? readAddress(url.searchParams, program);
  if (browser && read.query.q !== '') await prepareSearch();
  const here = ahead?.answer ?? (browser ? answerHere(program, read.query) : undefined);
  if (here !== undefined) return { read, answer: here, asked: false, tools, empty: await emptyListFor(here) };
  const query = apiWords(read.query);
  const answer = await forPage(matrixFor(fetch).list({ params: { program: params.program }, query }));
  return { read, answer, asked: true, tools, empty: await emptyListFor(answer) };
};

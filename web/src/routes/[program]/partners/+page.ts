import { browser } from '$app/env';
import { apiFor } from '#lib/api.ts';
import { forPage } from '#lib/failure.ts';
import { apiWords, readAddress } from '#lib/matrix/address.ts';
import { answerHere } from '#lib/matrix/held-snapshot.ts';
import type { PageLoad } from './$types';

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
  const read = readAddress(url.searchParams, program);
  const here = browser ? answerHere(program, read.query) : undefined;
  if (here !== undefined) return { read, answer: here, asked: false, tools };
  const query = apiWords(read.query);
  const answer = await forPage(apiFor(fetch).catalogue.matrix.list({ params: { program: params.program }, query }));
  return { read, answer, asked: true, tools };
};

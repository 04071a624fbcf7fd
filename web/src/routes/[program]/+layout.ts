import { error } from '@sveltejs/kit';
import { programsFor } from '#lib/catalogue/programs-for.ts';
import { forPage } from '#lib/failure.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ fetch, params }) => {
  // What browsers ask for unasked (`favicon.ico`) is no program: no call is spent on it.
  if (!/^[a-z0-9][a-z0-9_-]{0,63}$/.test(params.program)) {
    const { sentenceForStatus } = await import('#lib/status-sentence.ts');
    error(404, { message: sentenceForStatus(404) });
  }
  return { program: await forPage(programsFor(fetch).get({ params: { program: params.program } })) };
};

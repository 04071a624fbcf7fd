import { redirect } from '@sveltejs/kit';
import { instantOf } from '#shared/kernel/instants.ts';
import { showInstant } from '#shared/kernel/show-instant.ts';
import { apiFor } from '#lib/api.ts';
import { forPage } from '#lib/failure.ts';
import { typedValues } from '#lib/forms/typed-values.ts';
import { candidatesFor, searchCandidates } from './candidates.ts';
import { textOf } from './read-request.ts';
import { saveRequest } from './save-request.ts';

interface Sent {
  readonly fetch: typeof globalThis.fetch;
  readonly request: Request;
  readonly params: { readonly program: string };
}

async function programOf({ fetch, params }: Sent) {
  return forPage(apiFor(fetch).catalogue.programs.get({ params: { program: params.program } }));
}

/** What the form of a draft can ask for, whether the draft exists yet or not. */
export const requestActions = {
  /** Saves and leads on: to sending where that button was pressed, else to the draft. */
  save: async (event: Sent) => {
    const typed = await event.request.formData();
    const answer = await saveRequest(event.fetch, await programOf(event), typed);
    if (!('saved' in answer)) return answer;
    const page = `/${event.params.program}/requests/${answer.saved.request}`;
    redirect(303, typed.get('then') === 'send' ? `${page}/send` : `${page}?done=saved`);
  },

  /** Saves in the background, when a field is left. */
  keep: async (event: Sent) => {
    const program = await programOf(event);
    const answer = await saveRequest(event.fetch, program, await event.request.formData());
    if (!('saved' in answer)) return answer;
    return { saved: { ...answer.saved, at: showInstant(instantOf(new Date()), program.zone) } };
  },

  /** Looks for partners and gives the form back as it was. */
  find: async ({ fetch, params, request }: Sent) => {
    const values = typedValues(await request.formData());
    const words = { q: textOf(values, 'q'), area: textOf(values, 'area') };
    const [found, candidates] = await Promise.all([
      searchCandidates(fetch, params.program, words),
      candidatesFor(fetch, params.program, values['asked'] ?? []),
    ]);
    return { values, candidates, found };
  },
};

import { redirect } from '@sveltejs/kit';
import { instantOf } from '#shared/kernel/instants.ts';
import { showInstant } from '#shared/kernel/show-instant.ts';
import { typedValues } from '#lib/forms/typed-values.ts';
import { candidatesFor, searchCandidates } from './candidates.ts';
import { textOf } from './read-request.ts';
import { refusedDraft, saveRequest } from './save-request.ts';

interface Sent {
  readonly fetch: typeof globalThis.fetch;
  readonly request: Request;
  readonly params: { readonly program: string };
}

/** What the form of a draft can ask for, whether the draft exists yet or not. */
export const requestActions = {
  /** Saves and leads on: to sending where that button was pressed, else to the draft. */
  save: async ({ fetch, params, request }: Sent) => {
    const typed = await request.formData();
    const answer = await saveRequest(fetch, params.program, typed);
    if (!('saved' in answer)) return answer;
    const page = `/${params.program}/requests/${answer.saved.request}`;
    redirect(303, typed.get('then') === 'send' ? `${page}/send` : `${page}?done=saved`);
  },

  /** Saves in the background, when a field is left. */
  keep: async ({ fetch, params, request }: Sent) => {
    const answer = await saveRequest(fetch, params.program, await request.formData());
    if (!('saved' in answer)) return answer;
    const { saved, zone } = answer;
    return { saved: { at: showInstant(instantOf(new Date()), zone), fields: { version: String(saved.version) } } };
  },

  /** Looks for partners and gives the form back as it was. */
  find: async ({ fetch, params, request }: Sent) => {
    const typed = await request.formData();
    const values = typedValues(typed);
    const words = { q: textOf(values, 'q'), area: textOf(values, 'area') };
    try {
      const [found, candidates] = await Promise.all([
        searchCandidates(fetch, params.program, words),
        candidatesFor(fetch, params.program, values['asked'] ?? []),
      ]);
      return { values, candidates, found };
    } catch (thrown) {
      return refusedDraft(fetch, params.program, thrown, typed);
    }
  },
};

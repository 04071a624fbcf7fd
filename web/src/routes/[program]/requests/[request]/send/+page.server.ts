import { apiFor } from '#lib/api.ts';
import { changeThen } from '#lib/forms/change-then.ts';
import { textIn } from '#lib/forms/text-in.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const version = Number(textIn(typed, 'version'));
    const change = apiFor(fetch).engagements.requests.send({ params, body: { version } });
    return changeThen(change, typed, `/${params.program}/requests/${params.request}?done=sent`);
  },
};

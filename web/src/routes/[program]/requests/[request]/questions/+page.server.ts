import { apiFor } from '#lib/api.ts';
import { changeThen } from '#lib/forms/change-then.ts';
import { refuseFields } from '#lib/forms/refuse-fields.ts';
import { textIn } from '#lib/forms/text-in.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  answerQuestion: async ({ fetch, params, request, url }) => {
    const typed = await request.formData();
    const question = textIn(typed, 'question');
    const words = textIn(typed, 'words');
    if (words === '') return refuseFields({ [`words-${question}`]: 'Write the answer.' }, typed, question);
    const change = apiFor(fetch).engagements.requests.answerQuestion({
      params: { ...params, question },
      body: { version: Number(textIn(typed, 'version')), words },
    });
    return changeThen(change, typed, `${url.pathname}?after=${url.searchParams.get('after') ?? ''}`, {
      name: question,
    });
  },
};

import { apiFor } from '#lib/api.ts';
import { changeThen } from '#lib/forms/change-then.ts';
import { freshId } from '#lib/forms/fresh-id.ts';
import { refuseFields } from '#lib/forms/refuse-fields.ts';
import { textIn } from '#lib/forms/text-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ newComment: freshId('com') });

export const actions: Actions = {
  comment: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const words = textIn(typed, 'words');
    if (words === '') return refuseFields({ words: 'Write your comment.' }, typed, 'comment');
    const change = apiFor(fetch).engagements.requests.comment({ params, body: { id: textIn(typed, 'id'), words } });
    return changeThen(change, typed, `/${params.program}/requests/${params.request}?done=comment#comments`, {
      name: 'comment',
    });
  },

  answerQuestion: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const question = textIn(typed, 'question');
    const words = textIn(typed, 'words');
    if (words === '') return refuseFields({ [`words-${question}`]: 'Write the answer.' }, typed, question);
    const change = apiFor(fetch).engagements.requests.answerQuestion({
      params: { ...params, question },
      body: { version: Number(textIn(typed, 'version')), words },
    });
    return changeThen(change, typed, `/${params.program}/requests/${params.request}?done=answer#questions`, {
      name: question,
    });
  },
};

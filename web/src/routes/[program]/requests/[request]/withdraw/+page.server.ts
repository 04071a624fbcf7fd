import { apiFor } from '#lib/api.ts';
import { changeThen } from '#lib/forms/change-then.ts';
import { refuseFields } from '#lib/forms/refuse-fields.ts';
import { textIn } from '#lib/forms/text-in.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const [reason, words] = [textIn(typed, 'reason'), textIn(typed, 'words')];
    if (reason === '') return refuseFields({ reason: 'Choose a reason.' }, typed);
    const change = apiFor(fetch).engagements.requests.withdraw({
      params,
      body: { version: Number(textIn(typed, 'version')), reason, ...(words === '' ? {} : { words }) },
    });
    return changeThen(change, typed, `/${params.program}/requests/${params.request}?done=withdrawn`);
  },
};

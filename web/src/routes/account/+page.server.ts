import { apiFor } from '#lib/api.ts';
import { changeThen } from '#lib/forms/change-then.ts';
import { textIn } from '#lib/forms/text-in.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  act: async ({ fetch, request }) => {
    const typed = await request.formData();
    const organization = textIn(typed, 'organization');
    return changeThen(apiFor(fetch).accounts.session.act({ body: { organization } }), typed, '/account?done=acting', {
      name: 'act',
    });
  },
};

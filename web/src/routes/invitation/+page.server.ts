import { apiFor } from '#lib/api.ts';
import { changeThen } from '#lib/forms/change-then.ts';
import { refuseFields } from '#lib/forms/refuse-fields.ts';
import { refusedForm } from '#lib/forms/refused-form.ts';
import { textIn } from '#lib/forms/text-in.ts';
import type { Actions } from './$types';

/** The code at the end of a link. People paste the whole link too, so what stands before it is dropped. */
function tokenIn(typed: FormData): string {
  return textIn(typed, 'token').replace(/^.*#/, '');
}

const noCode = { token: 'Paste the link, or the 32 letters and digits at its end.' };

export const actions: Actions = {
  look: async ({ fetch, request }) => {
    const typed = await request.formData();
    const token = tokenIn(typed);
    if (!/^[a-z0-9]{32}$/.test(token)) return refuseFields(noCode, typed, 'look');
    try {
      return { offered: await apiFor(fetch).accounts.invitations.look({ body: { token } }), token };
    } catch (thrown) {
      return refusedForm(thrown, typed, { name: 'look' });
    }
  },

  use: async ({ fetch, request }) => {
    const typed = await request.formData();
    const change = apiFor(fetch).accounts.invitations.use({ body: { token: tokenIn(typed) } });
    return changeThen(change, typed, '/account?done=joined', { name: 'use' });
  },
};

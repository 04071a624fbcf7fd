import { apiFor } from '#lib/api.ts';
import { freshId } from '#lib/forms/fresh-id.ts';
import { refusedForm } from '#lib/forms/refused-form.ts';
import { textIn } from '#lib/forms/text-in.ts';
import type { Actions, PageServerLoad } from './$types';

/** The invitation has its id before it is sent, so that a second press makes no second one. */
export const load: PageServerLoad = () => ({ newInvitation: freshId('inv') });

export const actions: Actions = {
  invite: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const email = textIn(typed, 'email');
    try {
      const made = await apiFor(fetch).accounts.invitations.make({
        params: { organization: params.partner },
        body: { id: textIn(typed, 'id'), roles: ['partner:owner'], ...(email === '' ? {} : { email }) },
      });
      // No redirect: the link is shown in this answer and kept nowhere.
      return { made: { until: made.until, token: made.token } };
    } catch (thrown) {
      return refusedForm(thrown, typed, { name: 'invite' });
    }
  },
};

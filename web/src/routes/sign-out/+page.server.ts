import { apiFor } from '#lib/api.ts';
import { refusedForm } from '#lib/forms/refused-form.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ fetch, request }) => {
    try {
      const { body } = await apiFor(fetch).accounts.signIn.signOut();
      return { next: body.next };
    } catch (thrown) {
      return refusedForm(thrown, await request.formData());
    }
  },
};

import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api.ts';
import { atFields, readAmendment } from '#lib/engagements/read-request.ts';
import { refusedForm } from '#lib/forms/refused-form.ts';
import { refuseFields } from '#lib/forms/refuse-fields.ts';
import { textIn } from '#lib/forms/text-in.ts';
import { typedValues } from '#lib/forms/typed-values.ts';
import { ApiRefusal } from '#lib/refusal.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const api = apiFor(fetch);
    const version = Number(textIn(typed, 'version'));
    try {
      const [program, shown] = await Promise.all([
        api.catalogue.programs.get({ params: { program: params.program } }),
        api.engagements.requests.get({ params }),
      ]);
      // Against another version the form's unchanged fields would look like changes.
      if (version !== shown.version) throw new ApiRefusal({ code: 'changed-meanwhile' });
      const read = readAmendment(typedValues(typed), shown.request.content, program.zone);
      if ('problems' in read) return refuseFields(read.problems, typed);
      await api.engagements.requests.amend({ params, body: { version, amendment: read.value } });
    } catch (thrown) {
      return refusedForm(thrown, typed, { atFields });
    }
    redirect(303, `/${params.program}/requests/${params.request}?done=amended`);
  },
};

import { fail, redirect } from '@sveltejs/kit';
import { refusals } from '#shared/kernel/refusals.ts';
import { apiFor } from '#lib/api.ts';
import { atFields, readAmendment } from '#lib/engagements/read-request.ts';
import { forPage } from '#lib/failure.ts';
import { formOf } from '#lib/forms/refused-form.ts';
import { refuseFields } from '#lib/forms/refuse-fields.ts';
import { textIn } from '#lib/forms/text-in.ts';
import { typedValues } from '#lib/forms/typed-values.ts';
import { refusalOf } from '#lib/refusal.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const api = apiFor(fetch);
    const [program, shown] = await Promise.all([
      forPage(api.catalogue.programs.get({ params: { program: params.program } })),
      forPage(api.engagements.requests.get({ params })),
    ]);
    const version = Number(textIn(typed, 'version'));
    // Against another version the form's unchanged fields would look like changes.
    if (version !== shown.version) {
      const refused = formOf({ code: 'changed-meanwhile' }, typed);
      return fail(refusals['changed-meanwhile'].status, { refused, newerVersion: shown.version });
    }
    const read = readAmendment(typedValues(typed), shown.request.content, program.zone);
    if ('problems' in read) return refuseFields(read.problems, typed);
    try {
      await api.engagements.requests.amend({ params, body: { version, amendment: read.value } });
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      if (refusal === undefined) throw thrown;
      const fields = atFields(refusal.fields ?? {});
      return fail(refusals[refusal.code].status, { refused: formOf({ ...refusal, fields }, typed) });
    }
    redirect(303, `/${params.program}/requests/${params.request}?done=amended`);
  },
};

import { error, redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api.ts';
import { answerField, atOutcomeFields, isOutcomeKind, readOutcome } from '#lib/engagements/outcome-input.ts';
import { sentenceForStatus } from '#lib/status-sentence.ts';
import { refusedForm } from '#lib/forms/refused-form.ts';
import { refuseFields } from '#lib/forms/refuse-fields.ts';
import { textIn } from '#lib/forms/text-in.ts';
import { typedValues } from '#lib/forms/typed-values.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const { kind, ...of } = params;
    if (!isOutcomeKind(kind)) error(404, sentenceForStatus(404));
    const read = readOutcome(kind, typedValues(typed));
    if ('problems' in read) return refuseFields(atOutcomeFields(read.problems), typed);
    const outcome = read.value;
    // The answers that the page showed: one that changed since is not awarded unseen.
    const answers =
      outcome.kind === 'awarded'
        ? outcome.awards.map(({ partner }) => ({ partner, at: textIn(typed, answerField(partner)) }))
        : [];
    try {
      await apiFor(fetch).engagements.requests.recordOutcome({
        params: of,
        body: { version: Number(textIn(typed, 'version')), answers, outcome },
      });
    } catch (thrown) {
      return refusedForm(thrown, typed, { atFields: atOutcomeFields });
    }
    redirect(303, `/${params.program}/requests/${params.request}?done=outcome`);
  },
};

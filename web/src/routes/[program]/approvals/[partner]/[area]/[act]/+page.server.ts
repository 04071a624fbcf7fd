import { error, fail, redirect } from '@sveltejs/kit';
import { approvalAct } from '#shared/catalogue/contract.ts';
import { refusals, type Refusal } from '#shared/kernel/refusals.ts';
import { readSession } from '#lib/accounts/read-session.ts';
import { actFields, isApprovalAct, readAct } from '#lib/catalogue/approval-acts.ts';
import { approvalIn, openApprovals } from '#lib/catalogue/approvals-desk.ts';
import { problemsOf } from '#lib/catalogue/editing/entry-field.ts';
import { apiFor } from '#lib/api.ts';
import { forPage, sentenceForStatus } from '#lib/failure.ts';
import { formOf } from '#lib/forms/refused-form.ts';
import { typedValues } from '#lib/forms/typed-values.ts';
import { refusalOf } from '#lib/refusal.ts';
import type { Actions } from './$types';

function refused(refusal: Refusal, typed: FormData) {
  return fail(refusals[refusal.code].status, {
    refused: formOf(refusal, typed),
    isConflict: refusal.code === 'changed-meanwhile',
  });
}

export const actions: Actions = {
  default: async ({ fetch, params, request }) => {
    const { act, area, partner } = params;
    if (!isApprovalAct(act)) error(404, { message: sentenceForStatus(404) });
    const typed = await request.formData();
    const api = apiFor(fetch).catalogue;
    const [program, shown] = await Promise.all([
      forPage(api.programs.get({ params: { program: params.program } })),
      readSession(fetch).then((session) => openApprovals(fetch, session, params.program, partner)),
    ]);
    const fields = actFields(act, program, approvalIn(shown, area)?.approval);
    const { decision, problems } = readAct(act, fields, typedValues(typed));
    if (Object.keys(problems).length > 0) return refused({ code: 'invalid', fields: problems }, typed);
    const parsed = approvalAct.safeParse(decision);
    if (!parsed.success) {
      const found = problemsOf(parsed.error.issues, [], fields);
      return refused({ code: 'invalid', fields: found.problems }, typed);
    }
    try {
      await api.approve({
        params: { program: params.program, partner, area },
        body: { version: Number(typed.get('version') ?? 0), decision: parsed.data },
      });
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      if (refusal === undefined) throw thrown;
      return refused(refusal, typed);
    }
    redirect(303, `/${params.program}/approvals/${partner}?done=${act}`);
  },
};

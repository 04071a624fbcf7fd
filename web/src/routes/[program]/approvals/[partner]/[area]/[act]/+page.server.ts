import { error, redirect } from '@sveltejs/kit';
import { approvalAct } from '#shared/catalogue/contract.ts';
import { readSession } from '#lib/accounts/read-session.ts';
import { actFields, isApprovalAct, readAct } from '#lib/catalogue/approval-acts.ts';
import { approvalIn, approvalsOf } from '#lib/catalogue/approvals-desk.ts';
import { problemsOf } from '#lib/catalogue/editing/entry-field.ts';
import { apiFor } from '#lib/api.ts';
import { sentenceForStatus } from '#lib/status-sentence.ts';
import { refuseFields } from '#lib/forms/refuse-fields.ts';
import { refusedForm } from '#lib/forms/refused-form.ts';
import { typedValues } from '#lib/forms/typed-values.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ fetch, params, request }) => {
    const { act, area, partner } = params;
    if (!isApprovalAct(act)) error(404, { message: sentenceForStatus(404) });
    const typed = await request.formData();
    const api = apiFor(fetch).catalogue;
    try {
      const [program, shown] = await Promise.all([
        api.programs.get({ params: { program: params.program } }),
        readSession(fetch).then((session) => approvalsOf(fetch, session, params.program, partner)),
      ]);
      const fields = actFields(act, program, approvalIn(shown, area)?.approval);
      const { decision, problems } = readAct(act, fields, typedValues(typed));
      if (Object.keys(problems).length > 0) return refuseFields(problems, typed);
      const parsed = approvalAct.safeParse(decision);
      if (!parsed.success) return refuseFields(problemsOf(parsed.error.issues, [], fields).problems, typed);
      await api.approve({
        params: { program: params.program, partner, area },
        body: { version: Number(typed.get('version') ?? 0), decision: parsed.data },
      });
    } catch (thrown) {
      return refusedForm(thrown, typed);
    }
    redirect(303, `/${params.program}/approvals/${partner}?done=${act}`);
  },
};

import { error } from '@sveltejs/kit';
import { openForAct } from '#lib/engagements/district-desk.ts';
import { isOutcomeKind } from '#lib/engagements/outcome-input.ts';
import { sentenceForStatus } from '#lib/status-sentence.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent }) => {
  const { kind, program, request } = params;
  if (!isOutcomeKind(kind)) error(404, sentenceForStatus(404));
  const { session } = await parent();
  return { ...(await openForAct(fetch, session, { program, request }, 'record-outcome')), kind };
};

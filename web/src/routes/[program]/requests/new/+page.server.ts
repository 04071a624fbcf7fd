import { instantOf } from '#shared/kernel/instants.ts';
import { freshId } from '#lib/forms/fresh-id.ts';
import { requestActions } from '#lib/engagements/request-actions.ts';
import type { Actions, PageServerLoad } from './$types';

/** The draft has its id before it is saved, so that sending the form twice makes one. */
export const load: PageServerLoad = () => ({ id: freshId('req'), at: instantOf(new Date()) });

export const actions: Actions = requestActions;

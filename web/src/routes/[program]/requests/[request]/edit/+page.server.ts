import { requestActions } from '#lib/engagements/request-actions.ts';
import type { Actions } from './$types';

export const actions: Actions = requestActions;

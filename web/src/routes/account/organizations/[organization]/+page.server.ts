import { redirect } from '@sveltejs/kit';
import { roles as rolesSchema } from '#shared/accounts/model.ts';
import type { Role } from '#shared/kernel/actors.ts';
import { zone } from '#shared/kernel/instants.ts';
import { apiFor } from '#lib/api.ts';
import { changeThen } from '#lib/forms/change-then.ts';
import { freshId } from '#lib/forms/fresh-id.ts';
import { refuseFields } from '#lib/forms/refuse-fields.ts';
import { refusedForm } from '#lib/forms/refused-form.ts';
import { textIn, textsIn } from '#lib/forms/text-in.ts';
import type { Actions, PageServerLoad } from './$types';

/**
 * The next invitation has its id before it is sent, so that a second press makes no second one. A
 * partner spans programs and so zones: times are shown in one that is nobody's in particular.
 */
export const load: PageServerLoad = () => ({ newInvitation: freshId('inv'), zone: zone.parse('UTC') });

/** The roles that were ticked; undefined where none was, or one that is unknown. */
function rolesIn(typed: FormData): Role[] | undefined {
  const parsed = rolesSchema.safeParse(textsIn(typed, 'roles'));
  return parsed.success ? parsed.data : undefined;
}

const noRole = { roles: 'Choose at least one role.' };

function pageOf(organization: string, done: string): string {
  return `/account/organizations/${organization}?done=${done}`;
}

export const actions: Actions = {
  act: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const { organization } = params;
    const change = apiFor(fetch).accounts.session.act({ body: { organization } });
    return changeThen(change, typed, pageOf(organization, 'acting'), 'act');
  },

  roles: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const person = textIn(typed, 'person');
    const form = `roles-${person}`;
    const chosen = rolesIn(typed);
    if (chosen === undefined) return refuseFields(noRole, typed, form);
    const change = apiFor(fetch).accounts.members.change({
      params: { organization: params.organization, person },
      body: { roles: chosen, version: Number(textIn(typed, 'version')) },
    });
    return changeThen(change, typed, pageOf(params.organization, 'roles'), form);
  },

  remove: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const person = textIn(typed, 'person');
    const form = `roles-${person}`;
    // Taking somebody out cannot be taken back by a second press, so it is said twice.
    if (textIn(typed, 'sure') !== 'yes')
      return refuseFields({ sure: 'Tick the box to say that you mean it.' }, typed, form);
    try {
      await apiFor(fetch).accounts.members.remove({ params: { organization: params.organization, person } });
    } catch (thrown) {
      return refusedForm(thrown, typed, form);
    }
    redirect(303, textIn(typed, 'self') === 'yes' ? '/account?done=left' : pageOf(params.organization, 'removed'));
  },

  invite: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const chosen = rolesIn(typed);
    if (chosen === undefined) return refuseFields(noRole, typed, 'invite');
    const email = textIn(typed, 'email');
    try {
      const made = await apiFor(fetch).accounts.invitations.make({
        params: { organization: params.organization },
        body: { id: textIn(typed, 'id'), roles: chosen, ...(email === '' ? {} : { email }) },
      });
      // No redirect: the link is shown in this answer and kept nowhere.
      return { made: { until: made.until, token: made.token } };
    } catch (thrown) {
      return refusedForm(thrown, typed, 'invite');
    }
  },

  takeBack: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const change = apiFor(fetch).accounts.invitations.withdraw({
      params: { organization: params.organization, invitation: textIn(typed, 'invitation') },
    });
    return changeThen(change, typed, pageOf(params.organization, 'taken-back'), 'take-back');
  },

  decide: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const person = textIn(typed, 'person');
    const form = `join-${person}`;
    const to = { organization: params.organization, person };
    const api = apiFor(fetch).accounts.joinRequests;
    if (textIn(typed, 'decision') === 'approved') {
      const chosen = rolesIn(typed);
      if (chosen === undefined) return refuseFields(noRole, typed, form);
      const change = api.decide({ params: to, body: { decision: 'approved', roles: chosen } });
      return changeThen(change, typed, pageOf(params.organization, 'approved'), form);
    }
    const reason = textIn(typed, 'reason');
    const body = { decision: 'declined' as const, ...(reason === '' ? {} : { reason }) };
    return changeThen(api.decide({ params: to, body }), typed, pageOf(params.organization, 'declined'), form);
  },
};

import { redirect } from '@sveltejs/kit';
import { roles as rolesSchema } from '#shared/accounts/model.ts';
import type { Role } from '#shared/kernel/actors.ts';
import { zone } from '#shared/kernel/instants.ts';
import { fieldOf, formOfJoining, formOfMember } from '#lib/accounts/field-of.ts';
import { apiFor } from '#lib/api.ts';
import { changeThen } from '#lib/forms/change-then.ts';
import { freshId } from '#lib/forms/fresh-id.ts';
import { refuseFields } from '#lib/forms/refuse-fields.ts';
import { refusedForm, type Naming } from '#lib/forms/refused-form.ts';
import { textIn, textsIn } from '#lib/forms/text-in.ts';
import type { Actions, PageServerLoad } from './$types';

/**
 * The next invitation has its id before it is sent, so that a second press makes no second one. A
 * partner spans programs and so zones: its times are shown in one that is nobody's in particular.
 */
export const load: PageServerLoad = () => ({ newInvitation: freshId('inv'), zone: zone.parse('UTC') });

/** The roles that were ticked; undefined where none was, or one that is unknown. */
function rolesIn(typed: FormData, field: string): Role[] | undefined {
  const parsed = rolesSchema.safeParse(textsIn(typed, field));
  return parsed.success ? parsed.data : undefined;
}

const noRole = 'Choose at least one role.';

/** The API knows nothing of the person in a field's name. */
function atFieldsOf(person: string): NonNullable<Naming['atFields']> {
  return (problems) =>
    Object.fromEntries(Object.entries(problems).map(([field, sentence]) => [fieldOf(field, person), sentence]));
}

function pageOf(organization: string, done: string): string {
  return `/account/organizations/${organization}?done=${done}`;
}

export const actions: Actions = {
  act: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const { organization } = params;
    const change = apiFor(fetch).accounts.session.act({ body: { organization } });
    return changeThen(change, typed, pageOf(organization, 'acting'), { name: 'act' });
  },

  roles: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const person = textIn(typed, 'person');
    const naming = { name: formOfMember(person), atFields: atFieldsOf(person) };
    const field = fieldOf('roles', person);
    const chosen = rolesIn(typed, field);
    if (chosen === undefined) return refuseFields({ [field]: noRole }, typed, naming.name);
    const change = apiFor(fetch).accounts.members.change({
      params: { organization: params.organization, person },
      body: { roles: chosen, version: Number(textIn(typed, 'version')) },
    });
    return changeThen(change, typed, pageOf(params.organization, 'roles'), naming);
  },

  remove: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const person = textIn(typed, 'person');
    const name = formOfMember(person);
    const sure = fieldOf('sure', person);
    // Taking somebody out cannot be taken back by a second press, so it is said twice.
    if (textIn(typed, sure) !== 'yes')
      return refuseFields({ [sure]: 'Tick the box to say that you mean it.' }, typed, name);
    try {
      await apiFor(fetch).accounts.members.remove({ params: { organization: params.organization, person } });
    } catch (thrown) {
      return refusedForm(thrown, typed, { name });
    }
    redirect(303, textIn(typed, 'self') === 'yes' ? '/account?done=left' : pageOf(params.organization, 'removed'));
  },

  invite: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const chosen = rolesIn(typed, 'roles');
    if (chosen === undefined) return refuseFields({ roles: noRole }, typed, 'invite');
    const email = textIn(typed, 'email');
    try {
      const made = await apiFor(fetch).accounts.invitations.make({
        params: { organization: params.organization },
        body: { id: textIn(typed, 'id'), roles: chosen, ...(email === '' ? {} : { email }) },
      });
      // No redirect: the link is shown in this answer and kept nowhere.
      return { made: { until: made.until, token: made.token } };
    } catch (thrown) {
      return refusedForm(thrown, typed, { name: 'invite' });
    }
  },

  takeBack: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const change = apiFor(fetch).accounts.invitations.withdraw({
      params: { organization: params.organization, invitation: textIn(typed, 'invitation') },
    });
    return changeThen(change, typed, pageOf(params.organization, 'taken-back'), { name: 'take-back' });
  },

  decide: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const person = textIn(typed, 'person');
    const naming = { name: formOfJoining(person), atFields: atFieldsOf(person) };
    const field = fieldOf('roles', person);
    const to = { organization: params.organization, person };
    const api = apiFor(fetch).accounts.joinRequests;
    if (textIn(typed, 'decision') === 'approved') {
      const chosen = rolesIn(typed, field);
      if (chosen === undefined) return refuseFields({ [field]: noRole }, typed, naming.name);
      const change = api.decide({ params: to, body: { decision: 'approved', roles: chosen } });
      return changeThen(change, typed, pageOf(params.organization, 'approved'), naming);
    }
    const reason = textIn(typed, fieldOf('reason', person));
    const body = { decision: 'declined' as const, ...(reason === '' ? {} : { reason }) };
    return changeThen(api.decide({ params: to, body }), typed, pageOf(params.organization, 'declined'), naming);
  },
};

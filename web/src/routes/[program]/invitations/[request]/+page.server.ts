import { redirect } from '@sveltejs/kit';
import type { AnswerInput } from '#shared/engagements/inputs.ts';
import { apiFor } from '#lib/api.ts';
import { readDecline, readInterest } from '#lib/engagements/answer-input.ts';
import { atFields, type Read } from '#lib/engagements/read-request.ts';
import { changeThen } from '#lib/forms/change-then.ts';
import { freshId } from '#lib/forms/fresh-id.ts';
import { refusedForm } from '#lib/forms/refused-form.ts';
import { refuseFields } from '#lib/forms/refuse-fields.ts';
import { textIn } from '#lib/forms/text-in.ts';
import { typedValues } from '#lib/forms/typed-values.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = () => ({ newQuestion: freshId('que') });

async function answer(
  { fetch, params }: RequestEvent,
  typed: FormData,
  read: Read<AnswerInput>,
  form: 'interested' | 'declined',
) {
  if ('problems' in read) return refuseFields(read.problems, typed, form);
  const replaces = textIn(typed, 'replaces');
  try {
    await apiFor(fetch).engagements.invitations.answer({
      params,
      body: { answer: read.value, ...(replaces === '' ? {} : { replaces }) },
    });
  } catch (thrown) {
    return refusedForm(thrown, typed, { name: form, atFields });
  }
  redirect(303, `/${params.program}/invitations/${params.request}?done=${form}`);
}

export const actions: Actions = {
  seen: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const amendments = Number(textIn(typed, 'amendments'));
    try {
      await apiFor(fetch).engagements.invitations.seen({ params, body: { amendments } });
    } catch (thrown) {
      return refusedForm(thrown, typed, { name: 'seen' });
    }
    // No redirect: the page posts this by itself, and the reader stays where they are.
    return { marked: true };
  },

  interested: async (event) => {
    const typed = await event.request.formData();
    return answer(event, typed, readInterest(typedValues(typed)), 'interested');
  },

  decline: async (event) => {
    const typed = await event.request.formData();
    return answer(event, typed, readDecline(typedValues(typed)), 'declined');
  },

  ask: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const words = textIn(typed, 'question');
    if (words === '') return refuseFields({ question: 'Write your question.' }, typed, 'ask');
    const change = apiFor(fetch).engagements.invitations.ask({ params, body: { id: textIn(typed, 'id'), words } });
    return changeThen(change, typed, `/${params.program}/invitations/${params.request}?done=asked#questions`, {
      name: 'ask',
    });
  },
};

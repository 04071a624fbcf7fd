import { redirect } from '@sveltejs/kit';
import { readSession } from '#lib/accounts/read-session.ts';
import { contentOf, deskOf, openDesk } from '#lib/catalogue/editing/desk.ts';
import { draftChanges } from '#lib/catalogue/editing/draft-changes.ts';
import { apiFor } from '#lib/api.ts';
import { forPage } from '#lib/failure.ts';
import { refuseFields } from '#lib/forms/refuse-fields.ts';
import { refusedForm } from '#lib/forms/refused-form.ts';
import { textIn } from '#lib/forms/text-in.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** On the server, for the words of the change log are read by schemas that no other page needs. */
export const load: PageServerLoad = async ({ fetch, params, parent }) => {
  const { session } = await parent();
  const [program, desk] = await Promise.all([
    forPage(apiFor(fetch).catalogue.programs.get({ params: { program: params.program } })),
    openDesk(fetch, session, params.program),
  ]);
  const { editing } = desk;
  return { ...desk, changes: draftChanges(editing.listing, contentOf(editing), program) };
};

/** The version that the person saw: a change of another one is refused by the API. */
function seen(typed: FormData): number {
  return Number(typed.get('version') ?? 0);
}

async function change(event: RequestEvent, act: 'publish' | 'discard') {
  const { fetch, params, request } = event;
  const typed = await request.formData();
  const { listing } = apiFor(fetch).catalogue;
  // A dropped draft is gone, so it is said twice.
  if (act === 'discard' && textIn(typed, 'sure') !== 'yes') {
    return refuseFields({ sure: 'Tick the box to say that you mean it.' }, typed, act);
  }
  try {
    const { editing } = await deskOf(fetch, await readSession(fetch), params.program);
    const input = {
      params: { program: params.program, partner: editing.listing.partner },
      body: { version: seen(typed) },
    };
    await (act === 'publish' ? listing.publish(input) : listing.discard(input));
  } catch (thrown) {
    return refusedForm(thrown, typed, { name: act });
  }
  redirect(303, `/${params.program}/listing?done=${act}`);
}

export const actions: Actions = {
  publish: (event) => change(event, 'publish'),
  discard: (event) => change(event, 'discard'),

  /** Says that the newer published listing was looked at and this draft goes before it. */
  keep: async ({ fetch, params, request }) => {
    const typed = await request.formData();
    const api = apiFor(fetch).catalogue.listing;
    try {
      const { editing } = await deskOf(fetch, await readSession(fetch), params.program);
      await api.save({
        params: { program: params.program, partner: editing.listing.partner },
        body: { content: contentOf(editing), version: seen(typed), basedOn: Number(typed.get('listingVersion') ?? 0) },
      });
    } catch (thrown) {
      return refusedForm(thrown, typed, { name: 'keep' });
    }
    redirect(303, `/${params.program}/listing?done=keep`);
  },
};

import { apiFor } from '#lib/api.ts';
import { changeThen } from '#lib/forms/change-then.ts';
import { textIn } from '#lib/forms/text-in.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ fetch, request, url }) => {
    const typed = await request.formData();
    const note = textIn(typed, 'note');
    const next = new URLSearchParams(url.searchParams);
    next.set('done', 'asked');
    return changeThen(
      apiFor(fetch).accounts.joinRequests.ask({
        params: { organization: textIn(typed, 'organization') },
        body: note === '' ? {} : { note },
      }),
      typed,
      `/account/join?${next}`,
    );
  },
};

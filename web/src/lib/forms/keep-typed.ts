import { mount, unmount } from 'svelte';
import type { ActionResult, SubmitFunction } from '$app/forms';
import { refreshAll } from '$app/navigation';
import FormState from './form-state.svelte';
import { lostSentence } from './lost-sentence.ts';
import type { RefusedForm } from './refused-form.ts';

/** A type, not an interface: Kit asks for something that can be indexed by any word. */
type Refused = { readonly refused?: RefusedForm };
type Result = ActionResult<Record<string, unknown>, Refused>;

interface Afterwards {
  /** Empties the form once it was taken: a second press does not say the same thing again. */
  readonly thenEmpty?: boolean;
  /** Once the page shows the answer; the place to move focus. */
  answered?(result: Result): void;
}

/**
 * Reads anew what the page shows, so that a conflict is decided on what is stored now. Not where that
 * would be an error page: it would take away what was typed.
 */
async function readAnew(): Promise<void> {
  const still = await fetch(location.href, { method: 'HEAD' }).catch(() => undefined);
  if (still?.ok === true) await refreshAll();
}

function stateAt(place: Element) {
  return mount(FormState, { target: place });
}

/**
 * For `use:enhance`: sends the form without leaving the page and keeps what was typed, whether it was
 * taken, refused or never arrived. A second press while the first is on its way does nothing, so
 * nothing is sent twice.
 */
export function keepTyped({ thenEmpty = false, answered }: Afterwards = {}): SubmitFunction<
  Record<string, unknown>,
  Refused
> {
  let sending = false;
  let shown: { readonly place: Element; readonly state: ReturnType<typeof stateAt> } | undefined;

  /** Beside the button that was pressed. */
  function stateFor(form: HTMLFormElement, button: HTMLElement | null) {
    const actions = button?.closest('.entry-actions');
    const place = actions && form.contains(actions) ? actions : form;
    if (shown?.place !== place) {
      if (shown !== undefined) void unmount(shown.state);
      shown = { place, state: stateAt(place) };
    }
    return shown.state;
  }

  return ({ cancel, formElement, submitter }) => {
    if (sending) {
      cancel();
      return;
    }
    sending = true;
    const state = stateFor(formElement, submitter);
    state.sending();
    formElement.setAttribute('aria-busy', 'true');
    return async ({ result, update }) => {
      try {
        if (result.type === 'error') {
          state.lost(lostSentence(result));
          return;
        }
        // Before the page changes: what it then puts into the fields stays.
        if (thenEmpty && result.type !== 'failure') formElement.reset();
        await update({ reset: false, navigate: false });
        if (result.type === 'failure' && result.data?.refused?.code === 'changed-meanwhile') await readAnew();
        answered?.(result);
      } finally {
        sending = false;
        state.arrived();
        formElement.removeAttribute('aria-busy');
      }
    };
  };
}

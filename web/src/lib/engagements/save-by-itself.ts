import { deserialize, type SubmitFunction } from '$app/forms';
import { keepTyped } from '#lib/forms/keep-typed.ts';

interface Told {
  /** Saved at this time, as shown, in this version. */
  saved(at: string, version: number): void;
  /** It was not saved, and why. */
  notSaved(message: string): void;
}

/** A type, not an interface: Kit asks for something that can be indexed by any word. */
type Kept = {
  readonly saved?: { readonly version: number; readonly at: string };
  readonly refused?: { readonly message: string };
};

/**
 * Saves a form in the background whenever a field is left, by the action `?/keep`. One save at a time:
 * each knows the version that the one before it made. `submit` is for `use:enhance`: it waits for a
 * save under way, so that the person's own save does not collide with it.
 */
export function saveByItself(told: Told) {
  let under: Promise<void> = Promise.resolve();
  const enhanced = keepTyped();

  async function save(form: HTMLFormElement): Promise<void> {
    const body = new FormData(form);
    try {
      const response = await fetch('?/keep', {
        method: 'POST',
        body,
        headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
      });
      const result = deserialize<Kept, Kept>(await response.text());
      if (result.type === 'success' && result.data?.saved !== undefined) {
        const { at, version } = result.data.saved;
        const field = form.elements.namedItem('version');
        if (field instanceof HTMLInputElement) field.value = String(version);
        told.saved(at, version);
      } else if (result.type === 'failure') {
        told.notSaved(result.data?.refused?.message ?? 'It could not be saved.');
      } else {
        told.notSaved('It could not be saved. Save it yourself before you leave the page.');
      }
    } catch {
      told.notSaved('There is no connection, so nothing was saved. What you typed is still here.');
    }
  }

  const submit: SubmitFunction = async (input) => {
    await under;
    const field = input.formElement.elements.namedItem('version');
    if (field instanceof HTMLInputElement) input.formData.set('version', field.value);
    return enhanced(input);
  };

  return {
    submit,
    changed(event: Event & { readonly currentTarget: HTMLFormElement }): void {
      // Looking for a partner changes nothing that is kept.
      if (event.target instanceof HTMLInputElement && event.target.name === 'q') return;
      const form = event.currentTarget;
      under = under.then(() => save(form));
    },
  };
}

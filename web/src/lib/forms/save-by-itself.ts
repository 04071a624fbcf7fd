import { deserialize } from '$app/forms';
import { keepTyped } from './keep-typed.ts';
import type { RefusedForm } from './refused-form.ts';

/** A type, not an interface: Kit asks for something that can be indexed by any word. */
type Kept = {
  readonly saved?: {
    /** When, as it is shown. */
    readonly at: string;
    /** What the form's hidden fields say from now on, above all its version. */
    readonly fields: Readonly<Record<string, string>>;
  };
  readonly refused?: Pick<RefusedForm, 'message' | 'problems'>;
};

interface Told {
  /** Awaited, so that the next save finds the page that this one leads to. */
  saved(saved: NonNullable<Kept['saved']>): void | Promise<void>;
  /** It was not saved, and why. */
  notSaved(message: string): void;
}

type Submit = ReturnType<typeof keepTyped>;

function hiddenFields(form: HTMLFormElement): readonly HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>('input[type="hidden"]')];
}

function whyNot({ message, problems }: NonNullable<Kept['refused']>): string {
  return Object.values(problems).join(' ') || message;
}

/**
 * Saves a form in the background whenever a field is left, by the action `?/keep`. One save at a time:
 * each knows the version that the one before it made. `submit` is for `use:enhance`: it waits for a
 * save under way, so that the person's own save does not collide with it.
 */
export function saveByItself(told: Told, enhanced: Submit = keepTyped()) {
  let under: Promise<void> = Promise.resolve();

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
        const { saved } = result.data;
        for (const field of hiddenFields(form)) field.value = saved.fields[field.name] ?? field.value;
        await told.saved(saved);
      } else if (result.type === 'failure' && result.data?.refused !== undefined) {
        told.notSaved(whyNot(result.data.refused));
      } else {
        told.notSaved('It could not be saved. Save it yourself before you leave the page.');
      }
    } catch {
      told.notSaved('There is no connection, so nothing was saved. What you typed is still here.');
    }
  }

  const submit: Submit = async (input) => {
    await under;
    for (const { name, value } of hiddenFields(input.formElement)) input.formData.set(name, value);
    return enhanced(input);
  };

  return {
    submit,
    changed(form: HTMLFormElement): void {
      under = under.then(() => save(form));
    },
  };
}

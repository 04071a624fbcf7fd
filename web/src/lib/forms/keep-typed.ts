import type { SubmitFunction } from '$app/forms';

/**
 * For `use:enhance`: sends the form without leaving the page and keeps what was typed. A second press
 * while the first is on its way does nothing, so nothing is sent twice.
 */
export function keepTyped(): SubmitFunction {
  let sending = false;
  return ({ cancel, formElement }) => {
    if (sending) {
      cancel();
      return;
    }
    sending = true;
    formElement.setAttribute('aria-busy', 'true');
    return async ({ update }) => {
      try {
        await update({ reset: false });
      } finally {
        sending = false;
        formElement.removeAttribute('aria-busy');
      }
    };
  };
}

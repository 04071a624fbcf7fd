type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function isBox(control: Control): control is HTMLInputElement {
  return control instanceof HTMLInputElement && (control.type === 'checkbox' || control.type === 'radio');
}

function choiceAtFirst({ options }: HTMLSelectElement): number {
  return Math.max(
    0,
    [...options].findIndex(({ defaultSelected }) => defaultSelected),
  );
}

/** Whether the control differs from what the server sent. A radio button that lost its dot differs by the one that has it. */
function isTouched(control: Control): boolean {
  if (control instanceof HTMLSelectElement) return control.selectedIndex !== choiceAtFirst(control);
  if (!isBox(control)) return control.value !== control.defaultValue;
  return control.checked !== control.defaultChecked && (control.type === 'checkbox' || control.checked);
}

/** Gives back how to put into the control what it holds now. */
function keep(control: Control): () => void {
  if (isBox(control)) {
    const { checked } = control;
    return () => {
      control.checked = checked;
    };
  }
  const { value } = control;
  return () => {
    if (control.value !== value) control.value = value;
  };
}

/**
 * Remembers what was typed, ticked or chosen before the page's scripts arrived. To be called before the
 * page wakes up, which writes the server's values into the fields again; what it gives back is to be
 * called afterwards: it restores them and tells the page of each, as if the visitor did it now.
 */
export function typedEarly(page: Document): () => void {
  const touched = [...page.querySelectorAll<Control>('input, select, textarea')].filter(isTouched);
  const restore = touched.map(keep);
  return () => {
    // All before the first event: the form that hears it reads every field.
    for (const one of restore) one();
    for (const control of touched) {
      control.dispatchEvent(new Event('input', { bubbles: true }));
      control.dispatchEvent(new Event('change', { bubbles: true }));
    }
  };
}

import { redirect } from '@sveltejs/kit';
import type { Scenario } from '#shared/programs/program.ts';
import { scenarioFields } from './scenario-words.ts';

/**
 * The address with the figures of the visitor's district, for one that has none; undefined where it has
 * some, or nothing is published. A figure that cannot be read is one too: its field keeps what was typed.
 */
export function addressWithFigures(path: string, words: URLSearchParams, own: Scenario): string | undefined {
  if (scenarioFields.some(({ name }) => words.getAll(name).some((value) => value.trim() !== ''))) return undefined;
  const filled = new URLSearchParams(words);
  for (const { name } of scenarioFields) {
    filled.delete(name);
    if (own[name] !== undefined) filled.set(name, String(own[name]));
  }
  return scenarioFields.some(({ name }) => filled.has(name)) ? `${path}?${filled}` : undefined;
}

/** Sends the visitor there. */
export function toOwnFigures(url: URL, own: Scenario): void {
  const address = addressWithFigures(url.pathname, url.searchParams, own);
  if (address !== undefined) redirect(307, address);
}

/** Fills in a form in which no figure is left, before it is read: a field does not follow an address that stays. */
export function fillOwnFigures(form: HTMLFormElement, own: Scenario): void {
  const fields = scenarioFields.flatMap(({ name }) => {
    const input = form.elements.namedItem(name);
    return input instanceof HTMLInputElement ? [{ input, figure: own[name] }] : [];
  });
  if (fields.some(({ input }) => input.value.trim() !== '')) return;
  for (const { input, figure } of fields) input.value = figure === undefined ? '' : String(figure);
}

import { areasInUse } from '#shared/programs/areas.ts';
import type { ProgramFacts } from '#lib/api.ts';

/** The areas that a request can be for: those of the schemes in use, or all where none is. */
export function areaOptions(
  program: ProgramFacts,
): readonly { readonly value: string; readonly label: string; readonly hint?: string }[] {
  return areasInUse(program).map(({ id, name, description }) => ({
    value: id,
    label: name,
    ...(description === undefined ? {} : { hint: description }),
  }));
}

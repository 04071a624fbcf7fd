import type { ProgramFacts } from '#lib/api.ts';

/** The areas that a request can be for: those of the schemes in use, or all where none is. */
export function areaOptions(
  program: ProgramFacts,
): readonly { readonly value: string; readonly label: string; readonly hint?: string }[] {
  const inUse = program.areaSchemes.filter((scheme) => scheme.until === undefined);
  return (inUse.length === 0 ? program.areaSchemes : inUse)
    .flatMap((scheme) => scheme.areas)
    .map(({ id, name, description }) => ({
      value: id,
      label: name,
      ...(description === undefined ? {} : { hint: description }),
    }));
}

import type { Area, Program } from './program.ts';

type Schemes = Pick<Program, 'areaSchemes'>;

/** Every area of every scheme, those in use first. */
export function areasOf(given: Schemes): readonly Area[] {
  return [...given.areaSchemes]
    .sort((a, b) => Number(b.until === undefined) - Number(a.until === undefined) || b.from - a.from)
    .flatMap((scheme) => scheme.areas);
}

/** The areas in which something new can begin: those of the schemes without an end, or all where each has ended. */
export function areasInUse(given: Schemes): readonly Area[] {
  const inUse = given.areaSchemes.filter((scheme) => scheme.until === undefined);
  return (inUse.length === 0 ? given.areaSchemes : inUse).flatMap((scheme) => scheme.areas);
}

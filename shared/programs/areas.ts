import type { Area, Program } from './program.ts';

/** Every area of every scheme, those in use first. */
export function areasOf(given: Program): readonly Area[] {
  return [...given.areaSchemes]
    .sort((a, b) => Number(b.until === undefined) - Number(a.until === undefined) || b.from - a.from)
    .flatMap((scheme) => scheme.areas);
}

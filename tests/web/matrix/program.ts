import { readFileSync } from 'node:fs';
import { program } from '#shared/programs/program.ts';

/** The invented state, for it has an entry in each vocabulary. */
export const demo = program.parse(
  JSON.parse(readFileSync(new URL('../../../shared/programs/demo/program.json', import.meta.url), 'utf8')),
);

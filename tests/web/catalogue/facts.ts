import { readFileSync } from 'node:fs';
import { importedListings } from '#shared/catalogue/imported-listing.ts';
import { program } from '#shared/programs/program.ts';

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../shared/programs/${name}`, import.meta.url), 'utf8'));
}

/** The programs and listings that the site itself brings. */
export const maProgram = program.parse(read('ma/program.json'));
export const demoProgram = program.parse(read('demo/program.json'));
export const listings = importedListings.parse(read('ma/listings.json'));

import type { Program } from '#shared/programs/program.ts';
import { readDistricts, readSchools, type District, type School } from '#shared/programs/roster.ts';
import { sentenceOf } from '#shared/kernel/refusals.ts';
import type { Result } from '#shared/kernel/result.ts';
import { readProgramFile } from '#platform/programs.ts';

/** What the folders of programs hold beside `program.json`. */
export class ProgramFiles {
  readonly #folder: string | undefined;

  /** @param folder the folder of folders; by default that of this deployment. */
  constructor(folder?: string) {
    this.#folder = folder;
  }

  /** A file's text, for whoever knows what stands in it. */
  read(program: string, name: string): string | undefined {
    return readProgramFile(program, name, this.#folder);
  }

  /** True for an invented state that brings neither districts nor listings: both are invented too. */
  isInvented(program: Program): boolean {
    const brought = ['districts.csv', 'listings.json'].some((name) => this.read(program.id, name) !== undefined);
    return program.invented && !brought;
  }

  roster(program: Program): { readonly districts: readonly District[]; readonly schools: readonly School[] } {
    const [districtText, schoolText] = [this.read(program.id, 'districts.csv'), this.read(program.id, 'schools.csv')];
    if (districtText === undefined) return { districts: [], schools: [] };
    const districts = usable(program, 'districts.csv', readDistricts(districtText));
    return {
      districts,
      schools: schoolText === undefined ? [] : usable(program, 'schools.csv', readSchools(schoolText, districts)),
    };
  }
}

function usable<T>(program: Program, name: string, result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`${name} of ${program.id} cannot be used. ${sentenceOf(result.refusal)}`);
}

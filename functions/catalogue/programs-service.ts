import type { catalogueContract } from '#shared/catalogue/contract.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import type { Program } from '#shared/programs/program.ts';
import type { UseCases } from '#platform/router.ts';

/** The programs on this site. */
export function programsService(
  programs: ReadonlyMap<string, Program>,
): Pick<UseCases<typeof catalogueContract>, 'programs'> {
  return {
    programs: {
      list: async () =>
        ok({
          programs: [...programs.values()].map(({ id, name, state, invented, notice }) => ({
            id,
            name,
            state,
            invented,
            notice,
          })),
        }),
      get: async ({ params }) => {
        const found = programs.get(params.program);
        return found === undefined ? refuse('not-found') : ok(found);
      },
    },
  };
}

import { catalogueContract } from '#shared/catalogue/contract.ts';
import { theTable } from '#platform/dynamo-table.ts';
import { theFiles } from '#platform/files.ts';
import { serve } from '#platform/http.ts';
import { thePrograms } from '#platform/programs.ts';
import { actorOf } from '../accounts/index.ts';
import { catalogueService } from './service.ts';

const table = theTable();

export const handler = serve(
  catalogueContract,
  catalogueService({ table, files: theFiles(), programs: thePrograms() }),
  {
    table,
    actorOf: actorOf(table),
  },
);

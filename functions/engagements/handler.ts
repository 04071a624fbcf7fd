import { engagementsContract } from '#shared/engagements/contract.ts';
import { theTable } from '#platform/dynamo-table.ts';
import { serve } from '#platform/http.ts';
import { thePrograms } from '#platform/programs.ts';
import { actorOf } from '../accounts/index.ts';
import { engagementsService } from './service.ts';

const table = theTable();

export const handler = serve(engagementsContract, engagementsService(table, thePrograms()), {
  table,
  actorOf: actorOf(table),
});

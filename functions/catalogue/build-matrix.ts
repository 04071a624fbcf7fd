import { theTable } from '#platform/dynamo-table.ts';
import { theFiles } from '#platform/files.ts';
import { thePrograms } from '#platform/programs.ts';
import { worker } from '#platform/stream.ts';
import { buildRequest, rebuildMatrix } from './matrix-builder.ts';

export const handler = worker(
  buildRequest,
  rebuildMatrix(theTable(), theFiles(), thePrograms(), () => new Date()),
);

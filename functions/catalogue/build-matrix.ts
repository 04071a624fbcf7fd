import { theTable } from '#platform/dynamo-table.ts';
import { theFiles } from '#platform/files.ts';
import { thePrograms } from '#platform/programs.ts';
import { theQueues } from '#platform/queue.ts';
import { batchWorker } from '#platform/stream.ts';
import { buildRequest, MatrixBuilder, rebuildMatrix } from './matrix-builder.ts';

const builder = new MatrixBuilder(theTable(), theFiles(), () => new Date());

export const handler = batchWorker(
  buildRequest,
  (request) => request.program,
  rebuildMatrix(builder, thePrograms(), theQueues()),
);

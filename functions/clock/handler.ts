import { keepDailyHeads } from '#platform/daily-heads.ts';
import { theTable } from '#platform/dynamo-table.ts';
import { theAudit } from '#platform/files.ts';
import { log } from '#platform/log.ts';
import { thePrograms } from '#platform/programs.ts';
import { theQueues } from '#platform/queue.ts';
import { scheduled } from '#platform/stream.ts';

const [table, audit, queues, programs] = [theTable(), theAudit(), theQueues(), thePrograms()];

export const handler = scheduled(async (at) => {
  const days = await keepDailyHeads(table, audit, at);
  if (days.length === 0) return;
  log.info('daily heads kept', { days });
  // Every matrix from a reading of all partners, for what no change announces, such as another school year.
  await queues.send(
    'matrix',
    [...programs.keys()].map((program) => ({ program })),
  );
});

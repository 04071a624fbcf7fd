import { keepDailyHeads } from '#platform/daily-heads.ts';
import { theTable } from '#platform/dynamo-table.ts';
import { theAudit } from '#platform/files.ts';
import { log } from '#platform/log.ts';
import { scheduled } from '#platform/stream.ts';

const [table, audit] = [theTable(), theAudit()];

export const handler = scheduled(async (at) => {
  const days = await keepDailyHeads(table, audit, at);
  if (days.length > 0) log.info('daily heads kept', { days });
});

import { readConfig, webTrustConfig } from '#platform/config.ts';
import { theTable } from '#platform/dynamo-table.ts';
import { theMail } from '#platform/mail.ts';
import { thePrograms } from '#platform/programs.ts';
import { worker } from '#platform/stream.ts';
import { askContexts } from './ask-contexts.ts';
import { deliverNotice } from './delivery.ts';
import { noticeRef } from './notice-store.ts';

const table = theTable();
const parts = {
  table,
  sources: askContexts(table),
  programs: thePrograms(),
  mail: theMail(),
  origin: readConfig(webTrustConfig.pick({ PUBLIC_ORIGIN: true })).PUBLIC_ORIGIN,
  now: () => new Date(),
};

export const handler = worker(noticeRef, async (ref) => deliverNotice(parts, ref));

import { notificationsContract } from '#shared/notifications/contract.ts';
import { readConfig, webTrustConfig } from '#platform/config.ts';
import { theTable } from '#platform/dynamo-table.ts';
import { serve } from '#platform/http.ts';
import { actorOf } from '../accounts/index.ts';
import { notificationsService } from './service.ts';

const table = theTable();
const origin = readConfig(webTrustConfig).PUBLIC_ORIGIN;

export const handler = serve(notificationsContract, notificationsService(table, origin), {
  table,
  actorOf: actorOf(table),
});

import { readConfig, webTrustConfig } from '#platform/config.ts';
import { theTable } from '#platform/dynamo-table.ts';
import { serve } from '#platform/http.ts';
import { thePrograms } from '#platform/programs.ts';
import { serviceContract } from '#shared/service/contract.ts';
import { serviceService } from './service.ts';

const version = readConfig(webTrustConfig).APP_VERSION;

export const handler = serve(serviceContract, serviceService(thePrograms().size, version), {
  table: theTable(),
  // every route here is public, so nobody's session is ever read
  actorOf: async () => ({ kind: 'public' }),
});

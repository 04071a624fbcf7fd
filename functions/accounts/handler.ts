import { accountsContract } from '#shared/accounts/contract.ts';
import { identityConfig, readConfig, webTrustConfig } from '#platform/config.ts';
import { theTable } from '#platform/dynamo-table.ts';
import { serve } from '#platform/http.ts';
import { thePrograms } from '#platform/programs.ts';
import { OpenIdProvider } from './identity-provider.ts';
import { accountsService } from './service.ts';
import { actorOf } from './session-store.ts';

const table = theTable();
const provider = new OpenIdProvider(readConfig(identityConfig));
const origin = readConfig(webTrustConfig).PUBLIC_ORIGIN;

export const handler = serve(accountsContract, accountsService({ table, provider, origin, programs: thePrograms() }), {
  table,
  actorOf: actorOf(table),
});

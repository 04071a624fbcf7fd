import { readConfig, webTrustConfig } from '#platform/config.ts';
import { serve } from '#platform/http.ts';
import { thePrograms } from '#platform/programs.ts';
import { serviceContract } from '#shared/service/contract.ts';
import { serviceService } from './service.ts';

const version = readConfig(webTrustConfig).APP_VERSION;

/** Without a table: every route here is public and changes nothing. */
export const handler = serve(serviceContract, serviceService(thePrograms().size, version));

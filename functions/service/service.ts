import { ok } from '#shared/kernel/result.ts';
import type { serviceContract } from '#shared/service/contract.ts';
import type { UseCases } from '#platform/router.ts';
import { openApiDocument } from './openapi.ts';

/** Health and the document of the whole API. */
export function serviceService(programs: number, version: string): UseCases<typeof serviceContract> {
  return {
    health: async () => ok({ status: 'ok', version, programs }),
    openapi: async () => ok(await openApiDocument(version)),
  };
}

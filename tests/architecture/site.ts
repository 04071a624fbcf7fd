import type { IdentityProvider } from '../../functions/accounts/identity-provider.ts';
import { accountsService } from '../../functions/accounts/service.ts';
import { catalogueService } from '../../functions/catalogue/service.ts';
import { MatrixReader } from '../../functions/catalogue/matrix.ts';
import { matrixService } from '../../functions/catalogue/matrix-service.ts';
import { engagementsService } from '../../functions/engagements/service.ts';
import { notificationsService } from '../../functions/notifications/service.ts';
import { serviceService } from '../../functions/service/service.ts';
import { accountsContract } from '#shared/accounts/contract.ts';
import { catalogueContract } from '#shared/catalogue/contract.ts';
import { matrixContract } from '#shared/catalogue/matrix/contract.ts';
import type { contract } from '#shared/contract/contract.ts';
import { engagementsContract } from '#shared/engagements/contract.ts';
import type { Actor } from '#shared/kernel/actors.ts';
import { notificationsContract } from '#shared/notifications/contract.ts';
import { serviceContract } from '#shared/service/contract.ts';
import type { Program } from '#shared/programs/program.ts';
import type { Files } from '#platform/files.ts';
import { serve, type ApiHandler } from '#platform/http.ts';
import { readPrograms } from '#platform/programs.ts';
import type { Table } from '#platform/table.ts';
import { testOrigin } from '../support/client.ts';

/** A provider that is never there: what signs in is not what is tested here. */
const away: IdentityProvider = {
  begin: async () => undefined,
  finish: async () => ({ kind: 'away' }),
  end: async () => undefined,
};

/** Files in memory, for snapshots of the matrix. */
export function memoryFiles(): Files {
  const kept = new Map<string, Uint8Array>();
  return {
    put: async (name, body) => void kept.set(name, body),
    get: async (name) => kept.get(name),
  };
}

/** The session cookie of a test holds the actor itself. */
export function sessionOf(actor: Actor): Readonly<Record<string, string>> {
  return actor.kind === 'public' ? {} : { '__Host-session': Buffer.from(JSON.stringify(actor)).toString('base64url') };
}

/** Every context's handler on one table, with whoever the cookie says. */
export function siteOn(
  table: Table,
  files: Files,
  programs: ReadonlyMap<string, Program> = readPrograms(),
): Readonly<Record<keyof typeof contract, ApiHandler>> {
  const options = {
    table,
    actorOf: async (session: string): Promise<Actor> => JSON.parse(Buffer.from(session, 'base64url').toString()),
  };
  return {
    accounts: serve(
      accountsContract,
      accountsService({ table, provider: away, origin: testOrigin, programs }),
      options,
    ),
    catalogue: serve(catalogueContract, catalogueService({ table, files, programs }), options),
    partners: serve(matrixContract, matrixService(new MatrixReader(table, files), programs), options),
    engagements: serve(engagementsContract, engagementsService(table, programs), options),
    service: serve(serviceContract, serviceService(programs.size, 'test'), options),
    notifications: serve(notificationsContract, notificationsService(table, testOrigin), options),
  };
}

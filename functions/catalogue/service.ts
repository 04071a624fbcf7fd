import type { catalogueContract } from '#shared/catalogue/contract.ts';
import type { Program } from '#shared/programs/program.ts';
import type { Files } from '#platform/files.ts';
import type { UseCases } from '#platform/router.ts';
import type { Table } from '#platform/table.ts';
import { approvalService } from './approval-service.ts';
import { listingService } from './listing-service.ts';
import { MatrixReader } from './matrix.ts';
import { partnerService } from './partner-service.ts';
import { programsService } from './programs-service.ts';

export interface CatalogueParts {
  readonly table: Table;
  readonly files: Files;
  readonly programs: ReadonlyMap<string, Program>;
}

/** Every use case of the catalogue but the matrix, which has a function of its own. */
export function catalogueService({ table, files, programs }: CatalogueParts): UseCases<typeof catalogueContract> {
  const matrices = new MatrixReader(table, files);
  return {
    ...programsService(programs),
    ...partnerService(table, matrices, programs),
    ...listingService(table, programs),
    ...approvalService(table, programs),
  };
}

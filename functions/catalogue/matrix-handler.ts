import { matrixContract } from '#shared/catalogue/matrix/contract.ts';
import { theFiles } from '#platform/files.ts';
import { serve } from '#platform/http.ts';
import { theItems } from '#platform/item-reader.ts';
import { thePrograms } from '#platform/programs.ts';
import { MatrixReader } from './matrix.ts';
import { matrixService } from './matrix-service.ts';

// Everybody may ask the matrix, and nobody changes it: neither sessions nor counters are needed.
export const handler = serve(matrixContract, matrixService(new MatrixReader(theItems(), theFiles()), thePrograms()));

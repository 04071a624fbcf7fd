import * as z from 'zod';
import { route } from '../../contract/route.ts';
import { programId } from '../../kernel/ids.ts';
import { refusable } from '../../kernel/refusable.ts';
import {
  matrixAddress,
  matrixAnswer,
  matrixExport,
  matrixManifest,
  matrixParameters,
  programParameter,
} from '../matrix-wire.ts';
import { exampleAnswer, exampleExport, exampleManifest } from '../matrix-example.ts';

const ofProgram = z.object({ program: programId });

/** The words of the matrix are one open record to the router, and each a parameter to the reader. */
function withMatrixParameters<T extends object>(operation: T) {
  return { ...operation, parameters: [programParameter, ...matrixParameters] };
}

/** What is asked of the matrix; a function of its own answers, which holds snapshots in memory and changes nothing. */
export const matrixContract = {
  list: route
    .meta({ access: 'public' })
    .route({
      method: 'GET',
      path: '/programs/{program}/partners',
      summary: 'The matrix: partners that match, with the count of every facet',
      tags: ['Matrix'],
      spec: withMatrixParameters,
    })
    .input(z.object({ params: ofProgram, query: matrixAddress }))
    .errors(refusable('not-found', 'unavailable'))
    .output(matrixAnswer.meta({ examples: [exampleAnswer] })),

  manifest: route
    .meta({ access: 'public', revalidated: true })
    .route({
      method: 'GET',
      path: '/programs/{program}/matrix',
      summary: 'Which snapshot of the matrix is current, with an ETag',
      tags: ['Matrix'],
    })
    .input(z.object({ params: ofProgram }))
    .errors(refusable('not-found', 'unavailable'))
    .output(matrixManifest.meta({ examples: [exampleManifest] })),

  json: route
    .meta({ access: 'public' })
    .route({
      method: 'GET',
      path: '/programs/{program}/partners.json',
      summary: 'Every partner that matches, to keep',
      tags: ['Matrix'],
      spec: withMatrixParameters,
    })
    .input(z.object({ params: ofProgram, query: matrixAddress }))
    .errors(refusable('not-found', 'unavailable'))
    .output(matrixExport.meta({ examples: [exampleExport] })),

  csv: route
    .meta({ access: 'public' })
    .route({
      method: 'GET',
      path: '/programs/{program}/partners.csv',
      summary: 'Every partner that matches, as a table to keep',
      tags: ['Matrix'],
      spec: withMatrixParameters,
    })
    .input(z.object({ params: ofProgram, query: matrixAddress }))
    .errors(refusable('not-found', 'unavailable'))
    .output(z.file()),
};

import { passedOnFile } from '#lib/matrix/passed-on-file.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ fetch, params, url }) =>
  passedOnFile(fetch, { program: params.program, format: 'csv', search: url.search });

import type { MatrixQuery } from '#shared/catalogue/matrix/query-words.ts';

/** The query of an address without words: the default list. */
export const emptyQuery: MatrixQuery = {
  area: [],
  condition: [],
  service: [],
  grade: [],
  tier: [],
  population: [],
  outcome: [],
  fund: [],
  scenario: {},
  record: [],
  capacity: [],
  site: [],
  status: ['active'],
  q: '',
  sort: 'record',
  page: 1,
};

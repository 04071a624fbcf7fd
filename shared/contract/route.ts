import { oc } from '@orpc/contract';
import type { RouteMeta } from '../kernel/access.ts';
import { refusable } from '../kernel/refusable.ts';

/**
 * Where every route begins. Input is `{ params, query, body }`; access is `signed-in` until the route
 * says otherwise; the refusals here are given by the platform and need not be declared again.
 */
export const route = oc
  .$meta<RouteMeta>({ access: 'signed-in' })
  .$route({ inputStructure: 'detailed' })
  .errors(
    refusable(
      'malformed',
      'invalid',
      'unknown-word',
      'not-signed-in',
      'not-allowed',
      'cross-origin',
      'too-large',
      'too-many-requests',
    ),
  );

declare module 'virtual:api-routes' {
  import type { ApiRoutes } from '#lib/api-calls.ts';
  /** Where each route of the contract is, without its schemas: `api-routes-plugin.ts` makes it. */
  export const routes: ApiRoutes;
}

declare module 'virtual:api-routes/partners' {
  import type { ApiRoutes } from '#lib/api-calls.ts';
  /** The same of the matrix. */
  export const routes: ApiRoutes;
}

declare module 'virtual:api-routes/catalogue/programs' {
  import type { ApiRoutes } from '#lib/api-calls.ts';
  /** The same of programs. */
  export const routes: ApiRoutes;
}

import type { DeclaredRoute } from '#shared/contract/routes.ts';
import type { FunctionNeeds } from './function-needs.ts';

export type ContextName = DeclaredRoute['context'];

/** The function that answers a context's routes; the list of partners is the catalogue's matrix. */
export function contextEntry(context: ContextName): string {
  return context === 'partners' ? 'functions/catalogue/matrix-handler.ts' : `functions/${context}/handler.ts`;
}

/** Answers what no route is declared for, with 404 in the API's own words. */
export const anyOther = { path: '/api/{proxy+}', context: 'service' } as const satisfies {
  readonly path: string;
  readonly context: ContextName;
};

/** API Gateway gives up after 30 seconds; a function that ends before can still say why. */
const timeoutSeconds = 20;

/** A session is read, and its end moved on when that is worth a write. */
const session = ['get', 'put'] as const;
/** Where a route changes something or signs somebody in, tries are counted. */
const counted = [...session, 'add'] as const;

/** A context that is in the contract and not here does not compile. What its code may do to the table, a test reads there. */
export const contexts: Readonly<Record<ContextName, FunctionNeeds>> = {
  accounts: {
    table: [...counted, 'get-all', 'select', 'select-list', 'remove'],
    identity: true,
    memory: 1024,
    timeoutSeconds,
    loses: 'Nobody can sign in, and whoever is signed in is treated as a visitor.',
  },
  catalogue: {
    table: [...counted, 'select'],
    files: ['read'],
    memory: 1024,
    timeoutSeconds,
    loses: 'Nobody can read a program or a partner, and partners cannot change what they publish.',
  },
  partners: {
    table: ['get'],
    files: ['read'],
    memory: 1024,
    timeoutSeconds,
    loses: 'Nobody can open, filter or keep the matrix; a page that is open goes on filtering by itself.',
  },
  engagements: {
    table: [...counted, 'get-all', 'select', 'select-list', 'check'],
    memory: 1024,
    timeoutSeconds,
    loses: 'Districts cannot send requests and partners cannot answer them, while reply-by dates go on.',
  },
  notifications: {
    table: [...session, 'select'],
    memory: 512,
    timeoutSeconds,
    loses: 'Home pages show no task list, so people do not see what waits for them.',
  },
  service: {
    table: [],
    memory: 512,
    timeoutSeconds,
    loses: 'The API’s documentation and the health check do not answer; everything else works.',
  },
};

import { signInReturnPath } from '#shared/accounts/sign-in-return.ts';
import { declaredRoutes } from '#shared/contract/routes.ts';
import { queueReaders } from '../aws/consumers.ts';
import { anyOther, contextEntry } from '../aws/contexts.ts';
import { clockEntry, relayEntry } from '../aws/source-files.ts';
import type { QueueReader } from './queue.ts';
import { builtPages, type Pages } from './web-build.ts';

/** What the embedded default runs besides its own servers. Every path starts at the project's root. */
export interface Parts {
  /** Which function answers which calls, in the gateway's words: `GET /api/programs/{program}`. */
  readonly api: readonly { readonly method: string; readonly path: string; readonly handler: string }[];
  /** Called when port and data are ours and before any function is loaded. */
  readonly pages: () => Promise<Pages>;
  /** Hears the table's stream; absent: the stream is not read. */
  readonly relay?: string;
  /** The function behind each consumer's queue, by the consumer's name. */
  readonly consumers: Readonly<Record<string, { readonly handler: string } & Omit<QueueReader, 'handler'>>>;
  /** Called once a minute with a scheduled event. */
  readonly clock?: string;
  /** Exports `people`: who may sign in. Without it the sign-in page is empty. */
  readonly people?: string;
  /** Exports `prepareStore`: fills an empty store; called at each start before anything is served. */
  readonly store?: string;
  /** Where the sign-in sends people back to, as paths of the one address. */
  readonly signIn: { readonly returnPaths: readonly string[]; readonly signedOutPaths: readonly string[] };
}

/** The cloud waits a second at least; here somebody sits in front of the screen. */
const togetherMilliseconds = 150;

export const parts: Parts = {
  api: [...declaredRoutes, { method: 'ANY', ...anyOther }].map(({ method, path, context }) => ({
    method,
    path,
    handler: contextEntry(context),
  })),
  pages: () => builtPages(),
  relay: relayEntry,
  clock: clockEntry,
  consumers: Object.fromEntries(
    Object.entries(queueReaders).map(([name, { entry: handler, together }]) => [
      name,
      { handler, ...(together && { together: { messages: together.messages, milliseconds: togetherMilliseconds } }) },
    ]),
  ),
  people: 'functions/seed/handler.ts',
  store: 'functions/seed/handler.ts',
  signIn: { returnPaths: [signInReturnPath], signedOutPaths: ['/'] },
};

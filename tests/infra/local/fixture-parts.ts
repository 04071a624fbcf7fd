import type { Parts } from '../../../infra/local/parts.ts';

const folder = 'tests/infra/local/fixtures';

/** Small functions in place of the real ones. */
export const fixtureParts: Parts = {
  api: [
    { method: 'ANY', path: '/api/{proxy+}', handler: `${folder}/echo.ts` },
    { method: 'GET', path: '/api/programs/{program}/pages', handler: `${folder}/page.ts` },
  ],
  pages: async () => ({ handler: `${folder}/page.ts`, files: `${folder}/client`, release: () => undefined }),
  relay: `${folder}/relay.ts`,
  consumers: { mailer: { handler: `${folder}/mailer.ts` } },
  people: `${folder}/people.ts`,
  signIn: { returnPaths: ['/api/session/callback'], signedOutPaths: ['/', '/signed-out'] },
};

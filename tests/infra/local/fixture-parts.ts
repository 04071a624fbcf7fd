import type { Parts } from '../../../infra/local/parts.ts';

const folder = 'tests/infra/local/fixtures';

/** Small functions in place of the real ones. */
export const fixtureParts: Parts = {
  api: [
    { path: '/api', handler: `${folder}/echo.ts` },
    { path: '/api/programs/{program}/pages', handler: `${folder}/page.ts` },
  ],
  web: `${folder}/page.ts`,
  webFiles: `${folder}/client`,
  relay: `${folder}/relay.ts`,
  consumers: { mailer: `${folder}/mailer.ts` },
  people: `${folder}/people.ts`,
  signIn: { returnPaths: ['/api/session/callback'], signedOutPaths: ['/', '/signed-out'] },
};

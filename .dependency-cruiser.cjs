/**
 * Who may import whom: the table of docs/architecture.md as rules. Each forbids what its line of the
 * table does not allow. A rule without a check is a wish.
 */
const order = [
  'accounts',
  'catalogue',
  'applications',
  'engagements',
  'impact',
  'liaisons',
  'networks',
  'notifications',
  'service',
];

/** What each context may ask through another's index.ts. */
const mayAsk = {
  accounts: [],
  catalogue: ['accounts'],
  applications: ['accounts', 'catalogue'],
  engagements: ['accounts', 'catalogue', 'applications'],
  impact: ['accounts', 'catalogue', 'applications', 'engagements'],
  liaisons: ['accounts', 'catalogue', 'applications', 'engagements', 'impact'],
  networks: ['accounts', 'catalogue', 'engagements'],
  service: [],
  notifications: ['accounts', 'catalogue', 'applications', 'engagements', 'impact', 'liaisons', 'networks'],
};

const any = (names) => `(${names.join('|')})`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolved', severity: 'error', from: { pathNot: '^web/' }, to: { couldNotResolve: true } },
    {
      name: 'kernel-imports-zod-only',
      severity: 'error',
      from: { path: '^shared/kernel' },
      to: { pathNot: ['^shared/kernel', '^node_modules/zod/'] },
    },
    {
      name: 'programs-import-kernel',
      severity: 'error',
      from: { path: '^shared/programs' },
      to: { path: '^(shared|functions|web|infra)', pathNot: ['^shared/kernel', '^shared/programs'] },
    },
    {
      name: 'shared-context-imports-kernel-programs-and-itself',
      severity: 'error',
      from: { path: `^shared/${any(order)}/`, pathNot: '/contract\\.ts$' },
      to: {
        path: '^(shared|functions|web|infra)',
        pathNot: ['^shared/kernel', '^shared/programs/(program|areas|grades|unknown-area)\\.ts$', '^shared/$1/'],
      },
    },
    {
      name: 'context-contract-imports-the-route-too',
      severity: 'error',
      from: { path: `^shared/${any(order)}/contract\\.ts$` },
      to: {
        path: '^(shared|functions|web|infra)',
        pathNot: [
          '^shared/kernel',
          '^shared/programs/(program|areas|grades|unknown-area)\\.ts$',
          '^shared/$1/',
          '^shared/contract/route\\.ts$',
        ],
      },
    },
    {
      name: 'shared-contract-gathers-contracts-and-events',
      severity: 'error',
      from: { path: '^shared/contract/' },
      to: {
        path: '^(shared|functions|web|infra)',
        pathNot: ['^shared/kernel', '^shared/contract/', `^shared/${any(order)}/(matrix/)?(contract|events)\\.ts$`],
      },
    },
    {
      name: 'shared-is-pure',
      severity: 'error',
      from: { path: '^shared/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'shared-libraries',
      severity: 'error',
      from: { path: '^shared/' },
      to: {
        path: '^node_modules/',
        pathNot: ['^node_modules/zod/', '^node_modules/@orpc/contract/', '^node_modules/minisearch/'],
      },
    },
    {
      name: 'only-the-search-knows-minisearch',
      severity: 'error',
      from: { path: '^(shared|functions|web|infra)/', pathNot: '^shared/catalogue/matrix/search\\.ts$' },
      to: { path: '^node_modules/minisearch/' },
    },
    {
      name: 'platform-knows-no-context',
      severity: 'error',
      from: { path: '^functions/platform' },
      to: {
        path: '^(shared|functions|web|infra)',
        pathNot: ['^shared/kernel', '^shared/contract', '^shared/programs', '^functions/platform'],
      },
    },
    ...order.map((context) => ({
      name: `${context}-asks-only-what-it-may`,
      severity: 'error',
      from: { path: `^functions/${context}/` },
      to: {
        path: '^(shared|functions|web|infra)',
        pathNot: [
          '^shared/kernel',
          '^shared/contract',
          '^shared/programs',
          `^shared/${context}/`,
          `^shared/${any(order)}/(events|model)\\.ts$`,
          '^functions/platform',
          `^functions/${context}/`,
          ...mayAsk[context].map((other) => `^functions/${other}/index\\.ts$`),
        ],
      },
    })),
    {
      name: 'relay-and-clock-know-no-context',
      severity: 'error',
      from: { path: '^functions/(relay|clock)/' },
      to: {
        path: '^(shared|functions|web|infra)',
        pathNot: ['^shared/kernel', '^shared/contract/', '^functions/platform', '^functions/$1/'],
      },
    },
    {
      name: 'seed-and-operations-ask-contexts-through-their-index',
      severity: 'error',
      from: { path: '^functions/(seed|operations)/' },
      to: {
        path: '^(functions|web|infra)',
        pathNot: ['^functions/(seed|operations)/', '^functions/platform', `^functions/${any(order)}/index\\.ts$`],
      },
    },
    {
      name: 'web-imports-shared',
      severity: 'error',
      from: { path: '^web/src' },
      to: { path: '^(functions|infra|tests)/' },
    },
    {
      name: 'server-code-of-the-web-stays-there',
      severity: 'error',
      from: {
        path: '^web/src',
        pathNot: ['^web/src/lib/server/', '^web/src/hooks\\.server\\.ts$', '\\.server\\.ts$', '/\\+server\\.ts$'],
      },
      to: { path: '^web/src/lib/server/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'infra-takes-functions-by-path',
      severity: 'error',
      from: { path: '^infra/' },
      to: {
        path: '^(shared|functions|web|infra)',
        pathNot: [
          '^infra/',
          '^shared/kernel',
          '^shared/contract/',
          '^shared/accounts/sign-in-return\\.ts$',
          '^web/build-folder\\.ts$',
        ],
      },
    },
    {
      name: 'the-cdk-app-knows-no-local-server',
      severity: 'error',
      from: { path: '^infra/aws/' },
      to: { path: '^infra/local/' },
    },
    {
      name: 'cdk-in-infra-aws',
      severity: 'error',
      from: { pathNot: ['^infra/aws/', '^tests/'] },
      to: { path: '^node_modules/(aws-cdk-lib|constructs|cdk-nag)/' },
    },
    {
      name: 'local-servers-in-infra-local',
      severity: 'error',
      from: { pathNot: ['^infra/local/', '^tests/'] },
      to: { path: '^node_modules/(oidc-provider|smtp-server|postal-mime)/' },
    },
    {
      name: 'production-code-knows-no-tests',
      severity: 'error',
      from: { pathNot: '^tests/' },
      to: { path: '^tests/' },
    },
    {
      name: 'aws-clients-in-the-platform',
      severity: 'error',
      from: { pathNot: ['^functions/platform', '^infra/local', '^tests/'] },
      to: { path: '^node_modules/@aws-sdk/' },
    },
    {
      name: 'middy-in-two-files',
      severity: 'error',
      from: { pathNot: '^functions/platform/(http|stream)\\.ts$' },
      to: { path: '^node_modules/@middy/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};

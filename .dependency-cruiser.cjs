const { join } = require('node:path')

const features = [
  ...[
    'people',
    'conversations',
    'messages',
    'sessions',
    'calls',
    'professionals',
    'billing',
    'presence',
    'notifications',
  ],
  ...['attachments', 'emergencies', 'oversight', 'retention', 'search'],
].join('|')
const entries = '^src/(main|inspector/main)[.]ts$'
const featureFile = `^src/(${features})/`
const roles = '[.](resolver|types|store)[.]ts$'
const writers = '(^src/persistence/|[.]store[.]ts$|^src/conversations/conversation-writer)'
const adapters =
  '^src/(attachments/(folder|s3)-|events/(redis|memory)-|persistence/(embedded|postgres|open|migrate|schema-engine|connection-pool)[^/]*[.]ts$)'
const databaseClients =
  '^(@prisma/|pg$|@electric-sql/|pglite-prisma-adapter)|node_modules/(@prisma/|pg/|@electric-sql/|pglite-prisma-adapter/)'
const redisClients = 'node_modules/(ioredis|graphql-redis-subscriptions)/'
const fileParsers = 'node_modules/(sharp|file-type|mediabunny|yauzl)/'
const fileLibraries = 'node_modules/(@tus|@aws-sdk)/'
const graphqlLibraries =
  'node_modules/(graphql|type-graphql|graphql-scalars|graphql-ws|graphql-sse|@apollo|@graphql-tools)/'

/** The import rules of docs/architecture.md. Every one has a file in test/fixtures/architecture that breaks it. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one, or miss a third. Types may.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'not-to-unresolvable',
      comment: 'What is built is not there before the first build; the client kit is known by its name.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '(^|/)dist/|^@colloquy/' },
    },
    {
      name: 'no-unused-file',
      comment: 'Nothing that starts here leads to it.',
      severity: 'error',
      from: { path: entries },
      to: { path: '^src/', pathNot: ['^src/persistence/generated/', entries], reachable: false },
    },
    {
      name: 'no-dev-dependency-at-run-time',
      comment: 'NODE_ENV=production npm ci leaves them out.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'source-not-to-tests', severity: 'error', from: { path: '^src/' }, to: { path: '^(test|scripts)/' } },
    {
      name: 'only-main-knows-app',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main[.]ts$' },
      to: { path: '^src/(app|main)[.]ts$' },
    },
    {
      name: 'only-the-base-knows-adapters',
      comment: 'Everything else sees the interface.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(open-base[.]ts$|events/redis-|persistence/)' },
      to: { path: adapters },
    },
    {
      name: 'no-barrel',
      comment: 'Import a thing from the file that defines it.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '/index[.]ts$' },
    },
    {
      name: 'folders-at-most-two-deep',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/[^/]+/[^/]+/[^/]+', pathNot: '^src/persistence/generated/' },
    },
    {
      name: 'nothing-below-knows-transport',
      comment: 'transport → graphql → resolver → use-case → store. The schema lists the resolvers.',
      severity: 'error',
      from: { path: `^src/(${features}|graphql|connections|events|limits|paging|persistence)/` },
      to: { path: '^src/transport/', pathNot: '[.]resolver[.]ts$' },
    },
    {
      name: 'only-the-edge-knows-resolvers',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/graphql/|[.]resolver[.]ts$' },
      to: { path: '[.]resolver[.]ts$' },
    },
    {
      name: 'resolver-touches-no-store',
      comment: 'Parse, call a use-case, map.',
      severity: 'error',
      from: { path: '[.]resolver[.]ts$' },
      to: {
        path: `[.]store[.]ts$|^src/persistence/|^src/conversations/conversation-writer|${databaseClients}|${redisClients}`,
      },
    },
    {
      name: 'types-hold-scalars',
      comment: 'Relations are field resolvers, so that types never import in a circle.',
      severity: 'error',
      from: { path: '[.]types[.]ts$' },
      to: { path: '[.](resolver|store)[.]ts$|^src/persistence/' },
    },
    {
      name: 'use-case-knows-no-technology',
      severity: 'error',
      from: { path: featureFile, pathNot: roles },
      to: {
        path: `${graphqlLibraries}|${redisClients}|^src/graphql/`,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'only-stores-know-the-database',
      severity: 'error',
      from: { path: '^src/', pathNot: `${writers}|^src/(app|build-stores|build-services|open-base)[.]ts$` },
      to: { path: `^src/persistence/|${databaseClients}` },
    },
    {
      name: 'only-the-bus-knows-redis',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(open-base[.]ts$|events/redis-|limits/)' },
      to: { path: redisClients },
    },
    {
      name: 'only-the-endpoint-knows-tus',
      comment: 'What an upload is the feature says; how its bytes come, and where they lie, is for these.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(transport/(uploads|tus-store)|attachments/s3-storage)[.]ts$' },
      to: { path: fileLibraries },
    },
    {
      name: 'only-the-inspector-parses-files',
      comment: 'What strangers sent is read in a process of its own.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/inspector/' },
      to: { path: `^src/inspector/|${fileParsers}`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'features-meet-through-access',
      comment:
        'Another feature is reached through its *-access or *-rules, a function that reads or follows, or its domain types.',
      severity: 'error',
      // What ends with somebody or something, the end of its session and what that costs are one transaction.
      from: {
        path: featureFile,
        pathNot: `${roles}|^src/(people/(set-care-relationship|upsert-users)|conversations/(set-conversation-status|change-participants)|sessions/end-session)[.]ts$`,
      },
      to: {
        path: featureFile,
        pathNot: [
          '^src/$1/',
          '-(access|rules)[.]ts$',
          '/(read|find|follow)-[^/]*[.]ts$',
          '^src/(people/person|conversations/conversation|messages/message|sessions/session|notifications/notices)[.]ts$',
          '^src/(billing/money|professionals/professional-profile)[.]ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
  ],
  options: {
    exclude: { path: '^test/fixtures/' },
    doNotFollow: { path: ['node_modules', '^src/persistence/generated/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: join(__dirname, 'tsconfig.json') },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
}

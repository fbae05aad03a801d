const onPostgres = Boolean(process.env.TEST_DATABASE_URL && process.env.TEST_REDIS_URL)

const common = {
  rootDir: import.meta.dirname,
  testEnvironment: '<rootDir>/test/support/environment.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: false },
        },
        module: { type: 'es6' },
      },
    ],
  },
  // Sources import './x.js' and mean './x.ts'; packages do mean './x.js'.
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js'],
    '^jwks-rsa$': '<rootDir>/test/support/jwks-rsa.mjs',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.tmp', '<rootDir>/test/fixtures'],
}

/** The same files for each engine. `*.postgres.test.ts` need processes that share a database: embedded parts cannot. */
const onEngine = (engine, ignored = []) => ({
  ...common,
  displayName: engine,
  testMatch: ['<rootDir>/test/{api,faults,clients,kit,web}/**/*.test.ts'],
  testPathIgnorePatterns: ignored,
  globals: { TEST_ENGINE: engine },
  globalSetup: `<rootDir>/test/support/setup-${engine}.mjs`,
  ...(engine === 'postgres' ? { globalTeardown: '<rootDir>/test/support/teardown-postgres.mjs' } : {}),
})

export default {
  testTimeout: 120_000,
  maxWorkers: '100%',
  // What a file has loaded is never given back: after a hundred of them a worker collects garbage for seconds at a time.
  workerIdleMemoryLimit: '1GB',
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/unit/**/*.test.ts', '<rootDir>/test/*.test.ts', '<rootDir>/src/**/*.test.ts'],
    },
    // Without a PostgreSQL the first are listed here, where they skip visibly. What a page shows is the same on every engine.
    onEngine('embedded', onPostgres ? ['\\.postgres\\.test\\.ts$', '/test/web/'] : []),
    ...(onPostgres ? [onEngine('postgres')] : []),
  ],
}

import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name, so that a thing has one name everywhere.',
}
const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env'], VariableDeclarator[init.name='process']",
  message: 'Only src/config.ts reads the environment.',
}

export default defineConfig(
  globalIgnores(['dist/', '.data/', '.tmp/', 'coverage/', 'src/persistence/generated/', 'test/fixtures/']),
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', noDefaultExport, noEnvironment],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'process', message: 'Use the global.' },
            { name: 'node:process', message: 'Use the global.' },
          ],
        },
      ],
    },
  },
  { files: ['src/config.ts'], rules: { 'no-restricted-syntax': ['error', noDefaultExport] } },
  {
    files: ['test/**/*.ts', 'scripts/**/*.ts', 'bench/**/*.ts', 'codegen.ts'],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport], 'no-console': 'off' },
  },
  // Tools demand a default export of these.
  {
    files: ['*.ts', 'examples/web/vite.config.ts', 'test/support/jest/**/*.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
)

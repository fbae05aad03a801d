import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { codegen } from '@graphql-codegen/core'
import * as typedDocumentNode from '@graphql-codegen/typed-document-node'
import * as typescriptOperations from '@graphql-codegen/typescript-operations'
import { parse, type GraphQLEnumType, type GraphQLSchema } from 'graphql'
import { format, resolveConfig } from 'prettier'

// Typed documents for the operations under test/clients, from schema.graphql. The command line of GraphQL Code Generator
// would bring loaders that need Node 22 and the network; its core needs neither.
const FOLDER = 'test/clients'
const OUTPUT = `${FOLDER}/operations.ts`

const read = (file: string) => ({ location: file, document: parse(readFileSync(file, 'utf8')) })
const documents = readdirSync(FOLDER)
  .filter(file => file.endsWith('.graphql'))
  .sort()
  .map(file => read(`${FOLDER}/${file}`))

/** No operation selects them: they are in the extensions of errors. */
const errorEnums = {
  plugin: (schema: GraphQLSchema) =>
    ['ErrorCode', 'ConflictReason']
      .map(name => {
        const type = schema.getType(name) as GraphQLEnumType
        const values = type.getValues().map(value => `'${value.name}'`)
        return `/** ${type.description} */\nexport type ${name} = ${values.join(' | ')}\n`
      })
      .join('\n'),
}

const generated = await codegen({
  filename: OUTPUT,
  schema: read('schema.graphql').document,
  documents,
  config: {
    // No scalar becomes `any`.
    strictScalars: true,
    scalars: { DateTime: 'string', SafeInt: 'number', ID: 'string' },
    enumType: 'string-literal',
    useTypeImports: true,
    dedupeFragments: true,
    nonOptionalTypename: true,
    skipTypeNameForRoot: true,
    documentMode: 'graphQLTag',
    gqlImport: '@apollo/client#gql',
    documentNodeImport: '@apollo/client#TypedDocumentNode',
  },
  plugins: [{ errorEnums: {} }, { typescriptOperations: {} }, { typedDocumentNode: {} }],
  pluginMap: { errorEnums, typescriptOperations, typedDocumentNode },
})
const after = await format(generated, { ...(await resolveConfig(OUTPUT)), parser: 'typescript' })

const before = () => {
  try {
    return readFileSync(OUTPUT, 'utf8')
  } catch {
    return ''
  }
}

if (!process.argv.includes('--check')) writeFileSync(OUTPUT, after)
else if (before() !== after) {
  console.error(`${OUTPUT} is not what the schema and the operations give: run "npm run codegen" and commit it.`)
  process.exitCode = 1
}

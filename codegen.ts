import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { codegen } from '@graphql-codegen/core'
import * as typedDocumentNode from '@graphql-codegen/typed-document-node'
import * as typescriptOperations from '@graphql-codegen/typescript-operations'
import { parse, type GraphQLEnumType, type GraphQLSchema } from 'graphql'
import { format, resolveConfig } from 'prettier'

// Typed documents for the operations of the client kit, of the web application and of test/clients, from schema.graphql. The command line of GraphQL Code Generator
// would bring loaders that need Node 22 and the network; its core needs neither.
const FOLDERS = ['test/clients', 'clients/apollo/src', 'examples/web/src']

const read = (file: string) => ({ location: file, document: parse(readFileSync(file, 'utf8')) })
const documentsIn = (folder: string) =>
  readdirSync(folder)
    .filter(file => file.endsWith('.graphql'))
    .sort()
    .map(file => read(`${folder}/${file}`))

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

const generate = async (folder: string, output: string) => {
  const generated = await codegen({
    filename: output,
    schema: read('schema.graphql').document,
    documents: documentsIn(folder),
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
  return format(generated, { ...(await resolveConfig(output)), parser: 'typescript' })
}

const textOf = (file: string) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

for (const folder of FOLDERS) {
  const output = `${folder}/operations.ts`
  const after = await generate(folder, output)
  if (!process.argv.includes('--check')) writeFileSync(output, after)
  else if (textOf(output) !== after) {
    console.error(`${output} is not what the schema and the operations give: run "npm run codegen" and commit it.`)
    process.exitCode = 1
  }
}

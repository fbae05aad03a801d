import { readFileSync, writeFileSync } from 'node:fs'
import {
  buildSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  isUnionType,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql'
import { format, resolveConfig } from 'prettier'

// What the cache of a client has to know of the schema's types, from schema.graphql.
const OUTPUT = 'clients/apollo/src/cache-types.ts'
const PLACES = new Set(['first', 'after', 'last', 'before'])

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'))
const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'))
const objects = types.filter(isObjectType)
const isConnection = ({ name }: { name: string }) => name.endsWith('Connection')
const hasId = (type: GraphQLObjectType) => 'id' in type.getFields()
const returned = (field: GraphQLField<unknown, unknown>) => getNamedType(field.type)
const isList = (field: GraphQLField<unknown, unknown>) => isListType(getNullableType(field.type))

const possibleTypes = Object.fromEntries(
  types
    .filter(type => isInterfaceType(type) || isUnionType(type))
    .map(type => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
)

/** By type and field; fields without anything to say are left out. */
const byField = <Told>(tell: (field: GraphQLField<unknown, unknown>) => Told | undefined) =>
  Object.fromEntries(
    objects
      .map(type => {
        const told = Object.entries(type.getFields()).flatMap(([name, field]) => {
          const what = tell(field)
          return what === undefined ? [] : [[name, what] as const]
        })
        return [type.name, Object.fromEntries(told)] as const
      })
      .filter(([, fields]) => Object.keys(fields).length > 0),
  )

const paginated = byField(field =>
  isConnection(returned(field)) ? field.args.map(({ name }) => name).filter(name => !PLACES.has(name)) : undefined,
)
const replaced = byField(field => {
  const type = returned(field)
  return isList(field) && !type.name.endsWith('Edge') && !('getValues' in type) && 'getFields' in type
    ? true
    : undefined
})
const isRoot = (type: GraphQLObjectType) =>
  [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(type)
const queried = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(field => !isList(field))
const singletons = objects.filter(
  type => !hasId(type) && !isConnection(type) && queried.some(field => returned(field) === type),
)
/** What only wraps something is in the way of nothing. */
const wraps = ({ name }: GraphQLObjectType) => /(Connection|Edge|Payload)$|^PageInfo$/.test(name)
const values = objects.filter(type => !isRoot(type) && !hasId(type) && !wraps(type) && !singletons.includes(type))

const names = (of: GraphQLObjectType[]) => JSON.stringify(of.map(({ name }) => name).sort())
const generated = `// Made from schema.graphql by "npm run codegen".

/** Of each interface and union. */
export const POSSIBLE_TYPES: Record<string, string[]> = ${JSON.stringify(possibleTypes)}

/** Lists that come in pages, and the arguments that make each another list. */
export const PAGINATED: Record<string, Record<string, string[]>> = ${JSON.stringify(paginated)}

/** Lists that come whole: what comes replaces what was there, also where it is less. */
export const REPLACED: Record<string, Record<string, true>> = ${JSON.stringify(replaced)}

/** Without an id, and one of each. */
export const SINGLETONS: string[] = ${names(singletons)}

/** Without an id: a part of what they stand in. */
export const VALUES: string[] = ${names(values)}

/** Of each subscription: an event replaces the one before it. */
export const SUBSCRIPTIONS: string[] = ${JSON.stringify(Object.keys(schema.getSubscriptionType()?.getFields() ?? {}))}
`
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
  console.error(`${OUTPUT} is not what the schema gives: run "npm run codegen" and commit it.`)
  process.exitCode = 1
}

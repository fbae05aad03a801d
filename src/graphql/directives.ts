import { getDirective, MapperKind, mapSchema } from '@graphql-tools/utils'
import {
  defaultFieldResolver,
  DirectiveLocation,
  GraphQLDirective,
  GraphQLList,
  GraphQLNonNull,
  isObjectType,
  type GraphQLEnumType,
  type GraphQLFieldConfig,
  type GraphQLSchema,
} from 'graphql'
import { forbidden } from '../errors.js'
import type { Role } from '../people/person.js'
import { audited } from './audit-fields.js'
import { requireViewer, type Context } from './context.js'
import { readingOwnIds } from './own-ids.js'

type Field = GraphQLFieldConfig<unknown, Context>

export const createDirectives = (role: GraphQLEnumType) => [
  new GraphQLDirective({
    name: 'auth',
    description:
      'Enforced against the viewer in the context, on queries, mutations and subscriptions alike. Every root field carries @auth or @public; a schema with a root field that has neither fails to build.',
    locations: [DirectiveLocation.FIELD_DEFINITION, DirectiveLocation.OBJECT],
    args: {
      requires: {
        type: new GraphQLList(new GraphQLNonNull(role)),
        description: 'The viewer needs one of these roles; without it, any viewer will do.',
      },
    },
  }),
  new GraphQLDirective({
    name: 'public',
    description: 'Callable without a token.',
    locations: [DirectiveLocation.FIELD_DEFINITION],
  }),
]

/** One of these roles; an empty list: any viewer. Undefined where there is no @auth. */
const requiredRoles = (schema: GraphQLSchema, node: Parameters<typeof getDirective>[1]): Role[] | undefined => {
  const auth = getDirective(schema, node, 'auth')?.[0] as { requires?: Role[] } | undefined
  return auth && (auth.requires ?? [])
}

const admit = (context: Context, roles: readonly Role[]) => {
  const viewer = requireViewer(context)
  if (roles.length > 0 && !roles.some(role => viewer.roles.includes(role)))
    throw forbidden(`This is for people with one of these roles: ${roles.join(', ')}.`)
}

const guard = (field: Field, roles: readonly Role[]): Field => {
  const { resolve = defaultFieldResolver, subscribe } = field
  return {
    ...field,
    extensions: { ...field.extensions, admit: context => admit(context, roles) },
    resolve: (source, args, context, info) => {
      admit(context, roles)
      return resolve(source, args, context, info)
    },
    ...(subscribe && {
      subscribe: (source, args, context, info) => {
        admit(context, roles)
        return subscribe(source, args, context, info)
      },
    }),
  }
}

/** Puts @auth into effect. Throws where a root field has neither @auth nor @public. */
export const enforceDirectives = (schema: GraphQLSchema): GraphQLSchema => {
  const roots = new Set(
    [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].map(type => type?.name),
  )
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field, fieldName, typeName) => {
      const type = schema.getType(typeName)
      const roles = requiredRoles(schema, field) ?? (isObjectType(type) ? requiredRoles(schema, type) : undefined)
      if (!roots.has(typeName)) return roles && guard(field as Field, roles)
      const coordinate = `${typeName}.${fieldName}`
      if (roles) return readingOwnIds(audited(guard(field as Field, roles), fieldName), coordinate)
      if (getDirective(schema, field, 'public')) return undefined
      throw new Error(`${coordinate} carries neither @auth nor @public.`)
    },
  })
}

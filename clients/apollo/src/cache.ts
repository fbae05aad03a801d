import { InMemoryCache, type FieldPolicy, type Reference, type TypePolicies, type TypePolicy } from '@apollo/client'
import { relayStylePagination } from '@apollo/client/utilities'
import { PAGINATED, POSSIBLE_TYPES, REPLACED, SINGLETONS, SUBSCRIPTIONS, VALUES } from './cache-types.js'

type Pages = ReturnType<typeof relayStylePagination<Reference>>

const replaced = { merge: false }

/** One page after the other, nothing twice: what is new at the top may move an item onto the next page. */
const paginated = (keyArgs: string[]): Pages => {
  const policy = relayStylePagination<Reference>(keyArgs)
  const merge = policy.merge as Exclude<Pages['merge'], boolean | undefined>
  return {
    ...policy,
    merge(existing, incoming, options) {
      const merged = merge(existing, incoming, options)
      if (!merged) return merged
      const seen = new Set<string>()
      const edges = merged.edges.filter(edge => {
        const node = options.readField<Reference>('node', edge)?.__ref
        if (node === undefined) return true
        const isNew = !seen.has(node)
        seen.add(node)
        return isNew
      })
      return { ...merged, edges }
    },
  }
}

const map = <From, To>(from: Record<string, From>, to: (one: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(from).map(([name, one]) => [name, to(one)]))

const fieldsOf = (type: string): Record<string, FieldPolicy> => ({
  ...map(PAGINATED[type] ?? {}, paginated),
  ...map(REPLACED[type] ?? {}, () => replaced),
})

const typePolicies = (): TypePolicies => {
  const policies: Record<string, TypePolicy> = {}
  for (const type of [...Object.keys(PAGINATED), ...Object.keys(REPLACED)]) policies[type] = { fields: fieldsOf(type) }
  for (const type of SINGLETONS) policies[type] = { ...policies[type], keyFields: [] }
  for (const type of VALUES) policies[type] = { ...policies[type], keyFields: false, merge: false }
  policies.Subscription = { fields: Object.fromEntries(SUBSCRIPTIONS.map(field => [field, replaced])) }
  return policies
}

/** One object for each thing of the schema, lists that grow by pages, and events that replace each other. */
export const createChatCache = (): InMemoryCache =>
  new InMemoryCache({ possibleTypes: POSSIBLE_TYPES, typePolicies: typePolicies() })

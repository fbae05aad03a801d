import type { ApolloClient } from '@apollo/client'
import {
  AccessGrantsDocument,
  AccessReportDocument,
  AuditLogDocument,
  EndAccessDocument,
  RequestAccessDocument,
  UserHistoryDocument,
  type AccessGrantsQueryVariables,
  type AuditFilter,
  type AuditLogQuery,
  type RequestAccessInput,
} from './operations.js'

// Nothing of it stays in the cache of a browser.
const fetchPolicy = 'no-cache'

/** For an admin: opens to them what a person sees, for this piece of work. The person is told of it, and why. */
export const withAccess = async <Result>(
  client: ApolloClient,
  input: RequestAccessInput,
  work: (accessGrantId: string) => Promise<Result>,
): Promise<Result> => {
  const { data } = await client.mutate({ mutation: RequestAccessDocument, variables: { input }, fetchPolicy })
  const id = data?.requestAccess?.accessGrant.id
  if (id === undefined) throw new Error('There was no answer.')
  try {
    return await work(id)
  } finally {
    await client.mutate({ mutation: EndAccessDocument, variables: { input: { id } }, fetchPolicy })
  }
}

/** A person's newest messages, over all their conversations. To an admin without a grant: FORBIDDEN. */
export const readHistoryOf = async (client: ApolloClient, userId: string, first = 50) => {
  const { data } = await client.query({ query: UserHistoryDocument, variables: { userId, first }, fetchPolicy })
  return data?.userHistory?.edges.map(({ node }) => node) ?? []
}

/** For everybody: who could look at their own data, until when, and why. */
export const readAccessReport = async (client: ApolloClient, first = 50) => {
  const { data } = await client.query({ query: AccessReportDocument, variables: { first }, fetchPolicy })
  return data?.accessReport.edges.map(({ node }) => node) ?? []
}

/** For admins: the same of anybody. */
export const readAccessGrants = async (client: ApolloClient, variables: AccessGrantsQueryVariables) => {
  const { data } = await client.query({ query: AccessGrantsDocument, variables, fetchPolicy })
  return data?.accessGrants.edges.map(({ node }) => node) ?? []
}

/** For admins: what was read, written and refused, the newest first, page after page for as long as somebody reads on. */
export async function* auditEvents(client: ApolloClient, filter: AuditFilter) {
  for (let after: string | null = null, more = true; more;) {
    const variables: { filter: AuditFilter; after: string | null } = { filter, after }
    const { data } = await client.query<AuditLogQuery>({ query: AuditLogDocument, variables, fetchPolicy })
    if (!data) return
    for (const { node } of data.auditLog.edges) yield node
    ;({ endCursor: after, hasNextPage: more } = data.auditLog.pageInfo)
  }
}

import type { ApolloClient, OperationVariables, TypedDocumentNode } from '@apollo/client'

/** Hands over each event. In Apollo Client 4 an error is a result: who does not look for it never learns of the end. */
export const follow = <Data, Variables extends OperationVariables>(
  client: ApolloClient,
  query: TypedDocumentNode<Data, Variables>,
  variables: NoInfer<Variables>,
  take: (data: Data) => void,
  fail: (error: unknown) => void,
): (() => void) => {
  // Two equal subscriptions would share one, and the later miss what came before it.
  const options = { query, variables, context: { queryDeduplication: false } }
  const running = client.subscribe(options).subscribe(({ data, error }) => {
    if (error) fail(error)
    else if (data) take(data)
  })
  return () => running.unsubscribe()
}

import type { ApolloClient } from '@apollo/client'
import { SetLegalHoldDocument, type LegalHoldInput } from './operations.js'

/** For an admin, who need not take part: what holds the conversation from now on; null where nothing does any more. */
export const setLegalHold = async (client: ApolloClient, input: LegalHoldInput) => {
  const { data } = await client.mutate({
    mutation: SetLegalHoldDocument,
    variables: { input },
    fetchPolicy: 'no-cache',
  })
  if (!data?.setLegalHold) throw new Error('There was no answer.')
  return data.setLegalHold.conversation.legalHold
}

import type { ApolloClient } from '@apollo/client'
import { ReactDocument, UnreactDocument, type MessagePartsFragment } from './operations.js'

/** Puts the viewer's reaction there, or takes it back. Everybody sees it by a MessageChanged. */
export const toggleReaction = (
  client: ApolloClient,
  { id: messageId, reactions }: Pick<MessagePartsFragment, 'id' | 'reactions'>,
  emoji: string,
) => {
  const isThere = reactions.some(group => group.emoji === emoji && group.viewerReacted)
  const variables = { input: { messageId, emoji } }
  return isThere
    ? client.mutate({ mutation: UnreactDocument, variables })
    : client.mutate({ mutation: ReactDocument, variables })
}

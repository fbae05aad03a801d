import type { ApolloClient } from '@apollo/client'
import { follow } from './follow.js'
import { TypingDocument, type UserPartsFragment } from './operations.js'

/** A start counts for 6 s and is repeated before. A stop always comes, but not while the connection is lost. */
const COUNTS_MS = 7_000

/** Who types in a conversation. Returns what ends it. */
export const followTyping = (
  client: ApolloClient,
  conversationId: string,
  show: (typing: readonly UserPartsFragment[]) => void,
): (() => void) => {
  const typing = new Map<string, { user: UserPartsFragment; timer: ReturnType<typeof setTimeout> }>()
  const showAll = () => show([...typing.values()].map(({ user }) => user))
  const stop = (id: string) => {
    clearTimeout(typing.get(id)?.timer)
    if (typing.delete(id)) showAll()
  }
  const start = (user: UserPartsFragment) => {
    clearTimeout(typing.get(user.id)?.timer)
    typing.set(user.id, { user, timer: setTimeout(() => stop(user.id), COUNTS_MS) })
    showAll()
  }
  const unfollow = follow(
    client,
    TypingDocument,
    { conversationId },
    ({ typing: { isTyping, user } }) => (isTyping ? start(user) : stop(user.id)),
    // Whatever ends it ends the conversation's events too, which say so.
    () => {},
  )
  return () => {
    unfollow()
    for (const { timer } of typing.values()) clearTimeout(timer)
  }
}

import type { ApolloClient } from '@apollo/client'
import { follow, type View } from './follow.js'
import {
  PresenceDocument,
  SessionUpdatedDocument,
  TypingDocument,
  type PresenceSubscription,
  type SessionPartsFragment,
} from './operations.js'

/** A start counts for 6 s and is repeated before. A stop always comes, but not while the connection is lost. */
const TYPING_MS = 7_000

/** Shows the names of those who type. */
export const followTyping = (client: ApolloClient, conversationId: string, { show, fail }: View<string[]>) => {
  const typing = new Map<string, { name: string; timer: ReturnType<typeof setTimeout> }>()
  const stop = (id: string) => {
    clearTimeout(typing.get(id)?.timer)
    typing.delete(id)
    show([...typing.values()].map(({ name }) => name))
  }
  const start = (id: string, name: string) => {
    clearTimeout(typing.get(id)?.timer)
    typing.set(id, { name, timer: setTimeout(() => stop(id), TYPING_MS) })
    show([...typing.values()].map(({ name }) => name))
  }
  const unfollow = follow(
    client,
    TypingDocument,
    { conversationId },
    {
      show: ({ typing: { isTyping, user } }) => (isTyping ? start(user.id, user.displayName) : stop(user.id)),
      fail,
    },
  )
  return () => {
    unfollow()
    for (const { timer } of typing.values()) clearTimeout(timer)
  }
}

/** Shows the present state of each at once, also after a reconnect, and then every change. */
export const followPresence = (
  client: ApolloClient,
  userIds: string[],
  { show, fail }: View<PresenceSubscription['presence']>,
) => follow(client, PresenceDocument, { userIds }, { show: ({ presence }) => show(presence), fail })

/** Shows each of the viewer's sessions that starts, changes or ends. It is not resumed: at `InboxLive` query them. */
export const followSessions = (client: ApolloClient, { show, fail }: View<SessionPartsFragment>) =>
  follow(client, SessionUpdatedDocument, {}, { show: ({ sessionUpdated }) => show(sessionUpdated), fail })

import { useApolloClient } from '@apollo/client/react'
import { useEffect, useMemo, useReducer, useState, useSyncExternalStore } from 'react'
import { ChatClient } from './chat-client.js'
import { ConversationActions } from './conversation-actions.js'
import { ConversationView, LOADING_CONVERSATION } from './conversation-view.js'
import { InboxView, LOADING_INBOX, type InboxOptions } from './inbox-view.js'
import {
  CreateSessionDocument,
  EndSessionDocument,
  JoinSessionDocument,
  LeaveSessionDocument,
  type SessionType,
} from './operations.js'
import { PresenceView, type ChatPresence } from './presence-view.js'
import { LOADING_SESSION, SessionView, secondsOf, type SessionState } from './session-view.js'
import type { ConnectionState } from './socket.js'
import type { Readable } from './store.js'
import { UnreadView, type UnreadState } from './unread-view.js'

interface View<State> {
  readonly state: Readable<State>
  close(): void
}

/** The client of the ApolloProvider. */
export const useChatClient = (): ChatClient => {
  const client = useApolloClient()
  if (!(client instanceof ChatClient)) throw new Error('The ApolloProvider has no client made by createChatClient.')
  return client
}

/** Open for as long as the component is there, and the client and the key are the same; undefined until then. */
const useView = <Opened extends View<unknown>>(open: (client: ChatClient) => Opened, key = ''): Opened | undefined => {
  const client = useChatClient()
  const [opened, setOpened] = useState<{ view: Opened; client: ChatClient; key: string }>()
  useEffect(() => {
    const view = open(client)
    setOpened({ view, client, key })
    return () => view.close()
    // `open` is made anew with each rendering: the key says what it opens.
  }, [client, key])
  return opened?.client === client && opened.key === key ? opened.view : undefined
}

const nothing = () => () => {}

const useShown = <State>(view: View<State> | undefined, before: State): State =>
  useSyncExternalStore(view?.state.subscribe ?? nothing, view?.state.get ?? (() => before), () => before)

/** LOST while it is tried again, REFUSED when the person has to sign in. */
export const useConnection = (): ConnectionState => {
  const { connection } = useChatClient()
  return useSyncExternalStore(connection.subscribe, connection.get, () => 'IDLE')
}

/** The viewer's conversations, live, the latest first. `reopen` after an end. */
export const useConversations = (options: InboxOptions = {}) => {
  const [attempt, reopen] = useReducer((count: number) => count + 1, 0)
  const view = useView(client => new InboxView(client, options), JSON.stringify([options, attempt]))
  const state = useShown(view, LOADING_INBOX)
  return { ...state, loadMore: () => view?.loadMore() ?? Promise.resolve(), reopen }
}

/** One conversation, live: its messages and everything that can be done there. `actions` is null until it is open. */
export const useConversation = (conversationId: string) => {
  const client = useChatClient()
  const [attempt, reopen] = useReducer((count: number) => count + 1, 0)
  const view = useView(client => new ConversationView(client, conversationId), `${conversationId} ${attempt}`)
  const state = useShown(view, LOADING_CONVERSATION)
  const actions = useMemo(
    () => (view ? new ConversationActions(client, conversationId, view) : null),
    [client, conversationId, view],
  )
  return { ...state, actions, loadOlder: () => view?.loadOlder() ?? Promise.resolve(), reopen }
}

const NOBODY: ReadonlyMap<string, ChatPresence> = new Map()

/** By user id, live. */
export const usePresence = (userIds: readonly string[]): ReadonlyMap<string, ChatPresence> => {
  const ids = [...new Set(userIds)].sort()
  const view = useView(client => new PresenceView(client, ids), JSON.stringify(ids))
  return useShown(view, NOBODY)
}

/** Null until it is known. */
export const useUnreadCount = (): UnreadState | null =>
  useShown(
    useView(client => new UnreadView(client)),
    null,
  )

/** Once a second while it runs. */
const useSeconds = (state: SessionState): number => {
  const [, tick] = useReducer((count: number) => count + 1, 0)
  const runs = state.session?.status === 'ACTIVE'
  useEffect(() => {
    if (!runs) return
    const timer = setInterval(tick, 1_000)
    return () => clearInterval(timer)
  }, [runs])
  return secondsOf(state)
}

/** The session of a conversation, with its running time, and what starts and ends it. `reopen` after an end. */
export const useSession = (conversationId: string) => {
  const client = useChatClient()
  const [attempt, reopen] = useReducer((count: number) => count + 1, 0)
  const view = useView(client => new SessionView(client, conversationId), `${conversationId} ${attempt}`)
  const state = useShown(view, LOADING_SESSION)
  const seconds = useSeconds(state)
  const actions = useMemo(
    () => ({
      start: (type: SessionType) =>
        client.mutate({ mutation: CreateSessionDocument, variables: { input: { conversationId, type } } }),
      join: (sessionId: string) =>
        client.mutate({ mutation: JoinSessionDocument, variables: { input: { sessionId } } }),
      leave: (sessionId: string) =>
        client.mutate({ mutation: LeaveSessionDocument, variables: { input: { sessionId } } }),
      end: (sessionId: string, reason?: string) =>
        client.mutate({ mutation: EndSessionDocument, variables: { input: { sessionId, reason } } }),
    }),
    [client, conversationId],
  )
  return { ...state, seconds, ...actions, reopen }
}

import type { ChatMessage, ConversationActions, ConversationState } from '@colloquy/apollo'
import { createContext, useContext } from 'react'
import type { DemoPerson } from '../people.js'

/** What the parts of a message need to know of the conversation around it, and do in it. */
export interface Thread extends Pick<ConversationState, 'conversation' | 'participants' | 'viewer'> {
  person: DemoPerson
  actions: ConversationActions
  maySend: boolean
  reply: (message: ChatMessage) => void
  edit: (message: ChatMessage) => void
  /** Asks first. */
  remove: (message: ChatMessage) => void
  /** Shows a message wherever it is, and reads it out. */
  jumpTo: (messageId: string) => void
}

export const ThreadContext = createContext<Thread | null>(null)

export const useThread = (): Thread => {
  const thread = useContext(ThreadContext)
  if (!thread) throw new Error('There is no conversation around this.')
  return thread
}

import type { ChatMessage } from '@colloquy/apollo'
import { strings } from '../strings.js'

type Summed = Pick<ChatMessage, 'kind' | 'body' | 'deletedAt' | 'sender'> & Partial<Pick<ChatMessage, 'systemEvent'>>

/** A message in a line: where it is quoted, or read out. */
export const summaryOf = ({ kind, body, deletedAt, systemEvent }: Summed): string => {
  if (deletedAt !== null) return strings.conversation.deleted
  if (systemEvent) return strings.conversation.systemEvents[systemEvent]
  return body ?? strings.conversation.kinds[kind]
}

export const senderName = ({ sender }: Pick<ChatMessage, 'sender'>, viewerId: string): string =>
  sender?.id === viewerId ? strings.conversation.you : (sender?.displayName ?? strings.conversation.unknownSender)

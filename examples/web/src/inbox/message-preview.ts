import type { ChatConversation, ChatMessage } from '@colloquy/apollo'
import { strings } from '../strings.js'

const { preview } = strings.inbox

const contentOf = ({ kind, body, attachments, systemEvent, appointment, prescription }: ChatMessage): string => {
  switch (kind) {
    case 'TEXT':
      return body ?? ''
    case 'IMAGE':
      return body ?? preview.image
    case 'VOICE':
      return body ?? preview.voice
    case 'FILE':
      return body ?? attachments[0]?.fileName ?? preview.file
    case 'APPOINTMENT':
      return preview.appointment(appointment?.title ?? '')
    case 'PRESCRIPTION':
      return preview.prescription(prescription?.medication ?? '')
    case 'SYSTEM':
      return systemEvent ? preview.events[systemEvent] : (body ?? '')
  }
}

/** A line that says what came last. */
export const messagePreview = ({ kind, lastMessage }: ChatConversation, viewerId: string): string => {
  if (!lastMessage) return preview.none
  if (lastMessage.deletedAt !== null) return preview.deleted
  const { sender, emergency } = lastMessage
  const content = contentOf(lastMessage)
  const text = emergency ? preview.emergency(content) : content
  if (sender?.id === viewerId) return preview.by(preview.you, text)
  return sender && kind !== 'DIRECT' ? preview.by(sender.displayName, text) : text
}

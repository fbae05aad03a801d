import type { Asker } from '../people/person.js'
import { changeConversation, type ChangeNeeds } from './change-conversation.js'
import type { ConversationUpdate } from './conversation-writer.js'
import type { RoomType } from './conversation.js'
import { cleanDescription, cleanOptionalTitle, cleanTags } from './room-texts.js'

export interface UpdateConversationInput {
  conversationId: string
  title?: string | null
  description?: string | null
  tags?: string[] | null
  roomType?: RoomType | null
}

/** What is omitted stays, and null clears. */
const updateOf = ({ title, description, tags, roomType }: UpdateConversationInput): ConversationUpdate => ({
  ...(title !== undefined && { title: cleanOptionalTitle(title) }),
  ...(description !== undefined && { description: cleanDescription(description) }),
  ...(tags !== undefined && { tags: cleanTags(tags) }),
  ...(roomType !== undefined && { roomType: roomType ?? 'GENERAL' }),
})

export const updateConversation = (needs: ChangeNeeds, viewer: Asker, input: UpdateConversationInput) => {
  const update = updateOf(input)
  return changeConversation(
    needs,
    viewer,
    input.conversationId,
    () => ['updateConversation'],
    async open => {
      if (Object.keys(update).length > 0) await open.updateConversation(update)
    },
  )
}

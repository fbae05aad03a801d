import type { ApolloClient } from '@apollo/client'
import { follow, type View } from './follow.js'
import {
  RoomDocument,
  RoomEventsDocument,
  type ParticipantPartsFragment,
  type RoomPartsFragment,
} from './operations.js'

export interface Room {
  conversation: RoomPartsFragment
  /** Those who take part now. */
  participants: ParticipantPartsFragment[]
  /** The viewer's own part; not there for an admin who takes none. */
  viewer: ParticipantPartsFragment | undefined
}

/** Shows what a conversation is called, who takes part, what they may do and how far they have read. */
export const openRoom = (client: ApolloClient, conversationId: string, { show, fail }: View<Room>) => {
  let conversation: RoomPartsFragment | undefined
  let participants = new Map<string, ParticipantPartsFragment>()
  let isRead = false

  const showHeld = () => {
    if (!isRead || !conversation) return
    const present = [...participants.values()].filter(({ leftAt }) => leftAt === null)
    show({ conversation, participants: present, viewer: participants.get(conversation.viewer?.id ?? '') })
  }
  const take = (changed: RoomPartsFragment) => {
    conversation = changed
    // What the viewer may do changes with the conversation, too.
    if (changed.viewer) participants.set(changed.viewer.id, changed.viewer)
  }
  const read = async (into: typeof participants) => {
    const { data } = await client.query({
      query: RoomDocument,
      variables: { conversationId },
      fetchPolicy: 'no-cache',
    })
    if (into !== participants || !data?.conversation) return
    // What an event told meanwhile is newer.
    for (const participant of data.conversation.participants)
      if (!into.has(participant.id)) into.set(participant.id, participant)
    if (!conversation) take(data.conversation)
    isRead = true
    showHeld()
  }
  return follow(
    client,
    RoomEventsDocument,
    { conversationId },
    {
      show: ({ conversationEvents: event }) => {
        if (event.__typename === 'ParticipantChanged') participants.set(event.participant.id, event.participant)
        else if (event.__typename === 'ConversationChanged') take(event.conversation)
        else if (event.__typename === 'ResyncRequired' || (event.__typename === 'CaughtUp' && !isRead)) {
          conversation = undefined
          participants = new Map()
          isRead = false
          return void read(participants).catch(fail)
        }
        showHeld()
      },
      fail,
    },
  )
}

import { Avatar, Box, Group, Text, Title } from '@mantine/core'
import type { ConversationState } from '@colloquy/apollo'
import { usePresence } from '@colloquy/apollo/react'
import { dateTimeText } from '../date-text.js'
import { ConversationMenu } from './conversation-menu.js'
import { conversationName } from '../inbox/conversation-name.js'
import { strings } from '../strings.js'

const texts = strings.conversation

type Shown = Pick<ConversationState, 'conversation' | 'participants'>

const CounterpartPresence = ({ userId }: { userId: string }) => {
  const presence = usePresence([userId]).get(userId)
  if (!presence) return null
  const { status, lastSeenAt } = presence
  return <>{status === 'OFFLINE' && lastSeenAt ? texts.lastSeen(dateTimeText(lastSeenAt)) : texts.presence[status]}</>
}

/** Who it is with, and whether they are there. */
export const ConversationHeader = ({ conversation, participants }: Shown) => {
  const counterpart = conversation?.counterpart
  return (
    <Group component="header" px="md" py="xs" wrap="nowrap" mih={60}>
      {conversation && (
        <>
          <Avatar src={counterpart?.avatarUrl} name={conversationName(conversation)} color="initials" alt="" />
          <Box flex={1} miw={0}>
            <Title order={2} size="h4" lineClamp={1}>
              {conversationName(conversation)}
            </Title>
            <Text size="sm">
              {counterpart ? <CounterpartPresence userId={counterpart.id} /> : texts.people(participants.length)}
            </Text>
          </Box>
          <ConversationMenu conversationId={conversation.id} participants={participants} />
        </>
      )}
    </Group>
  )
}

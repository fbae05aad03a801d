import { Badge, Group, NavLink, Stack, Text } from '@mantine/core'
import type { ChatConversation, ChatPresence } from '@colloquy/apollo'
import { IconBellOff } from '@tabler/icons-react'
import { memo } from 'react'
import { shortDateText } from '../date-text.js'
import { PresenceAvatar } from '../presence-avatar.js'
import { paths } from '../routes.js'
import { strings } from '../strings.js'
import { conversationName } from './conversation-name.js'
import { isMuted } from './is-muted.js'
import { messagePreview } from './message-preview.js'

export interface RowProps {
  conversation: ChatConversation
  presence: ChatPresence | undefined
  viewerId: string
  isSelected: boolean
}

const Marks = ({ conversation }: { conversation: ChatConversation }) => {
  const { unreadCount, lastActivityAt } = conversation
  return (
    <Stack gap={4} align="flex-end">
      <Text size="xs" component="time" dateTime={lastActivityAt}>
        {shortDateText(lastActivityAt)}
      </Text>
      <Group gap={4} wrap="nowrap">
        {isMuted(conversation) && <IconBellOff size={16} role="img" aria-label={strings.inbox.muted} />}
        {unreadCount > 0 && (
          <Badge component="span" role="img" aria-label={strings.inbox.unread(unreadCount)}>
            {unreadCount}
          </Badge>
        )}
      </Group>
    </Stack>
  )
}

export const ConversationRow = memo(({ conversation, presence, viewerId, isSelected }: RowProps) => {
  const name = conversationName(conversation)
  const { id, unreadCount, activeSession } = conversation
  return (
    <NavLink
      href={paths.conversation(id)}
      active={isSelected}
      // On the colour of the selected one its own has too little contrast.
      c="var(--mantine-color-text)"
      color="gray"
      aria-current={isSelected ? 'page' : undefined}
      noWrap
      leftSection={<PresenceAvatar name={name} presence={presence} />}
      label={
        <Group gap="xs" wrap="nowrap">
          <Text span inherit truncate fw={unreadCount > 0 ? 700 : undefined}>
            {name}
          </Text>
          {activeSession && <Badge variant="default">{strings.inbox.session[activeSession.type]}</Badge>}
        </Group>
      }
      description={messagePreview(conversation, viewerId)}
      rightSection={<Marks conversation={conversation} />}
    />
  )
})
ConversationRow.displayName = 'ConversationRow'

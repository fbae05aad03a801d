import { useMutation, useQuery } from '@apollo/client/react'
import { ActionIcon, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { ConversationDocument, type ChatConversation, type ConversationState } from '@colloquy/apollo'
import { IconArchive, IconBell, IconBellOff, IconClock, IconDots, IconDoorExit, IconUsers } from '@tabler/icons-react'
import { SetConversationStatusDocument, UpdateNotificationSettingsDocument } from '../operations.js'
import { showError } from '../show-error.js'
import { strings } from '../strings.js'
import { isMuted } from '../inbox/is-muted.js'
import { LeaveDialog } from './leave-dialog.js'
import { ParticipantsDialog } from './participants-dialog.js'

const { menu } = strings.inbox
const MUTED_HOURS = 8
const hoursFromNow = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()

const NotificationItems = ({ conversation }: { conversation: ChatConversation }) => {
  const [update] = useMutation(UpdateNotificationSettingsDocument, { onError: showError })
  const set = (settings: { enabled: boolean; mutedUntil: string | null }) =>
    void update({ variables: { input: { conversationId: conversation.id, ...settings } } })
  if (isMuted(conversation))
    return (
      <Menu.Item leftSection={<IconBell size={18} />} onClick={() => set({ enabled: true, mutedUntil: null })}>
        {menu.unmute}
      </Menu.Item>
    )
  return (
    <>
      <Menu.Item
        leftSection={<IconClock size={18} />}
        onClick={() => set({ enabled: true, mutedUntil: hoursFromNow(MUTED_HOURS) })}
      >
        {menu.muteForHours(MUTED_HOURS)}
      </Menu.Item>
      <Menu.Item leftSection={<IconBellOff size={18} />} onClick={() => set({ enabled: false, mutedUntil: null })}>
        {menu.mute}
      </Menu.Item>
    </>
  )
}

const ArchiveItem = ({ conversation: { id, status } }: { conversation: ChatConversation }) => {
  const [setStatus] = useMutation(SetConversationStatusDocument, { onError: showError })
  const next = status === 'ARCHIVED' ? 'ACTIVE' : 'ARCHIVED'
  if (status !== 'ACTIVE' && status !== 'ARCHIVED') return null
  return (
    <Menu.Item
      leftSection={<IconArchive size={18} />}
      onClick={() => void setStatus({ variables: { input: { conversationId: id, status: next } } })}
    >
      {next === 'ARCHIVED' ? menu.archive : menu.activate}
    </Menu.Item>
  )
}

interface Props extends Pick<ConversationState, 'participants'> {
  conversationId: string
}

/** What may be done with a conversation as a whole, by who takes part in it. */
export const ConversationMenu = ({ conversationId, participants }: Props) => {
  // The viewer's settings change by their own mutation alone, and no event tells of it.
  const { data } = useQuery(ConversationDocument, { variables: { id: conversationId } })
  const [showsParticipants, people] = useDisclosure()
  const [asksToLeave, leaving] = useDisclosure()
  const conversation = data?.conversation
  if (!conversation?.viewer) return null
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" size="lg" aria-label={menu.open}>
            <IconDots />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconUsers size={18} />} onClick={people.open}>
            {menu.participants}
          </Menu.Item>
          <NotificationItems conversation={conversation} />
          <ArchiveItem conversation={conversation} />
          {conversation.kind === 'GROUP' && (
            <Menu.Item color="red" leftSection={<IconDoorExit size={18} />} onClick={leaving.open}>
              {menu.leave}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <ParticipantsDialog participants={participants} opened={showsParticipants} onClose={people.close} />
      <LeaveDialog
        conversationId={conversationId}
        userId={conversation.viewer.user.id}
        opened={asksToLeave}
        onClose={leaving.close}
      />
    </>
  )
}

import { Group, Modal, Stack, Text } from '@mantine/core'
import type { ChatParticipant } from '@colloquy/apollo'
import { usePresence } from '@colloquy/apollo/react'
import { PresenceAvatar } from '../presence-avatar.js'
import { strings } from '../strings.js'

interface ListProps {
  participants: readonly ChatParticipant[]
}

const ParticipantList = ({ participants }: ListProps) => {
  const presences = usePresence(participants.map(({ user }) => user.id))
  return (
    <Stack component="ul" className="plain-list" gap="xs">
      {participants.map(({ id, user, role }) => (
        <Group component="li" key={id} wrap="nowrap">
          <PresenceAvatar name={user.displayName} presence={presences.get(user.id)} />
          <div>
            <Text>{user.displayName}</Text>
            <Text size="sm" c="dimmed">
              {strings.signIn.roles[role]}
            </Text>
          </div>
        </Group>
      ))}
    </Stack>
  )
}

interface Props extends ListProps {
  opened: boolean
  onClose: () => void
}

export const ParticipantsDialog = ({ participants, opened, onClose }: Props) => (
  <Modal opened={opened} onClose={onClose} title={strings.inbox.menu.participants}>
    <ParticipantList participants={participants} />
  </Modal>
)

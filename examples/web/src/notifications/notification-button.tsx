import { ActionIcon, Drawer, Indicator } from '@mantine/core'
import type { UnreadState } from '@colloquy/apollo'
import { useDisclosure } from '@mantine/hooks'
import { IconBell } from '@tabler/icons-react'
import { strings } from '../strings.js'
import { NotificationList } from './notification-list.js'

export const NotificationButton = ({ unread }: { unread: UnreadState | null }) => {
  const [isOpen, { open, close }] = useDisclosure()
  const count = unread?.notifications ?? 0
  return (
    <>
      <Indicator label={count} disabled={count === 0} size={18} maxValue={99} offset={4} color="red.9">
        <ActionIcon
          variant="subtle"
          size="lg"
          aria-haspopup="dialog"
          aria-label={count > 0 ? strings.notifications.openUnread(count) : strings.notifications.open}
          onClick={open}
        >
          <IconBell />
        </ActionIcon>
      </Indicator>
      <Drawer opened={isOpen} onClose={close} position="right" title={strings.notifications.heading}>
        <NotificationList unread={unread} onChoose={close} />
      </Drawer>
    </>
  )
}

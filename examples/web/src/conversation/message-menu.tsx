import { ActionIcon, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCopy,
  IconDots,
  IconPencil,
  IconTrash,
  IconUrgent,
} from '@tabler/icons-react'
import type { ChatMessage } from '@colloquy/apollo'
import { useState } from 'react'
import { timeText } from '../date-text.js'
import { strings } from '../strings.js'
import { senderName } from './message-text.js'
import { showError, showFailure } from '../show-error.js'
import { useThread, type Thread } from './thread.js'

const texts = strings.conversation

/** What the viewer may do with it, as far as a client can know: the server has the last word. */
const permissions = (message: ChatMessage, { person, viewer, conversation, maySend }: Thread) => {
  const isOwn = message.sender?.id === person.id
  const isModerator = viewer !== null && person.roles.includes('ADMIN')
  const isOpen = conversation?.status === 'ACTIVE' || conversation?.status === 'ARCHIVED'
  if (message.deletedAt !== null) return { restore: isOpen && (isOwn || isModerator) }
  return {
    reply: maySend,
    edit: maySend && isOwn,
    copy: message.body !== null,
    flag: isOpen && viewer !== null && message.emergency === null,
    remove: isOwn || isModerator,
  }
}

const copyText = (text: string) =>
  navigator.clipboard.writeText(text).then(
    () => notifications.show({ message: texts.copied }),
    () => showFailure(strings.common.failed),
  )

export const MessageMenu = ({ message, tabIndex }: { message: ChatMessage; tabIndex: number }) => {
  const thread = useThread()
  const [returnsFocus, setReturnsFocus] = useState(true)
  const may = permissions(message, thread)
  if (!Object.values(may).includes(true)) return null
  const { actions, person, reply, edit, remove } = thread
  /** Where the focus goes on to: it must not be called back. */
  const moveOn = (action: (message: ChatMessage) => void) => () => {
    setReturnsFocus(false)
    action(message)
  }
  const label = texts.actions(senderName(message, person.id), timeText(message.createdAt))
  return (
    <Menu shadow="md" position="bottom-end" returnFocus={returnsFocus} onOpen={() => setReturnsFocus(true)}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={label} tabIndex={tabIndex}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {may.reply && (
          <Menu.Item leftSection={<IconArrowForwardUp size={16} />} onClick={moveOn(reply)}>
            {texts.reply}
          </Menu.Item>
        )}
        {may.copy && (
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void copyText(message.body ?? '')}>
            {texts.copy}
          </Menu.Item>
        )}
        {may.edit && (
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={moveOn(edit)}>
            {texts.edit}
          </Menu.Item>
        )}
        {may.flag && (
          <Menu.Item
            leftSection={<IconUrgent size={16} />}
            onClick={() => void actions.flagEmergency(message.id).catch(showError)}
          >
            {texts.flag}
          </Menu.Item>
        )}
        {may.remove && (
          <Menu.Item leftSection={<IconTrash size={16} />} onClick={moveOn(remove)}>
            {texts.remove}
          </Menu.Item>
        )}
        {may.restore && (
          <Menu.Item
            leftSection={<IconArrowBackUp size={16} />}
            onClick={() => void actions.restore(message.id).catch(showError)}
          >
            {texts.restore}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

import { Button, Group, Modal, Text } from '@mantine/core'
import type { ChatMessage } from '@colloquy/apollo'
import { useEffect, useRef, useState } from 'react'
import { strings } from '../strings.js'
import { articleOf } from './focus-item.js'
import { showError } from '../show-error.js'
import { useThread } from './thread.js'

const texts = strings.conversation

interface Props {
  message: ChatMessage | null
  onClose: () => void
}

export const RemoveDialog = ({ message, onClose }: Props) => {
  const { actions } = useThread()
  const [isBusy, setBusy] = useState(false)
  const asked = useRef(message)
  useEffect(() => {
    if (message) asked.current = message
  }, [message])
  const remove = () => {
    if (!message) return
    setBusy(true)
    actions
      .remove(message.id)
      .then(onClose, showError)
      .finally(() => setBusy(false))
  }
  return (
    <Modal
      opened={message !== null}
      onClose={onClose}
      // The menu that it came from is gone.
      returnFocus={false}
      onExitTransitionEnd={() => asked.current && articleOf(asked.current)?.focus()}
      title={texts.removeTitle}
    >
      <Text>{texts.removeText}</Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {strings.common.cancel}
        </Button>
        <Button color="red" loading={isBusy} onClick={remove}>
          {texts.remove}
        </Button>
      </Group>
    </Modal>
  )
}

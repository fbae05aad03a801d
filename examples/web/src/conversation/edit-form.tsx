import { Button, Group, Text } from '@mantine/core'
import type { ChatMessage } from '@colloquy/apollo'
import { useEffect, useRef, useState } from 'react'
import { errorText } from '../error-text.js'
import { strings } from '../strings.js'
import { isSendable, MessageField } from './message-field.js'
import { useThread } from './thread.js'

interface Props {
  message: ChatMessage
  onDone: () => void
}

/** In the place of the composer, whose draft waits meanwhile. */
export const EditForm = ({ message, onDone }: Props) => {
  const { actions } = useThread()
  const [text, setText] = useState(message.body ?? '')
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)

  useEffect(() => {
    field.current?.focus()
    field.current?.setSelectionRange(-1, -1)
  }, [])

  const save = () => {
    if (!isSendable(text) || isBusy) return
    if (text.trim() === message.body) return onDone()
    setBusy(true)
    actions
      .edit(message.id, text.trim())
      .then(onDone, (thrown: unknown) => setError(errorText(thrown)))
      .finally(() => setBusy(false))
  }
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
    >
      <Text size="sm" fw={600} mb={4}>
        {strings.conversation.editing}
      </Text>
      <Group align="flex-end" gap="xs">
        <MessageField
          field={field}
          label={strings.conversation.editing}
          value={text}
          onChange={setText}
          onSubmit={save}
          onEscape={onDone}
          error={error}
        />
        <Button variant="default" onClick={onDone}>
          {strings.common.cancel}
        </Button>
        <Button type="submit" loading={isBusy} disabled={!isSendable(text)}>
          {strings.conversation.save}
        </Button>
      </Group>
    </form>
  )
}

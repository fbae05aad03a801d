import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState, type SyntheticEvent } from 'react'
import { errorText } from '../error-text.js'
import { strings } from '../strings.js'

const MAX_REASON = 500

interface Props {
  end: (reason?: string) => Promise<unknown>
}

const EndForm = ({ end, onClose }: Props & { onClose: () => void }) => {
  const [reason, setReason] = useState('')
  const [error, setError] = useState<unknown>()
  const [isEnding, setIsEnding] = useState(false)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setIsEnding(true)
    end(reason.trim() || undefined)
      .then(onClose, setError)
      .finally(() => setIsEnding(false))
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>{strings.sessions.endHint}</Text>
        <Textarea
          label={strings.sessions.reason}
          description={strings.sessions.reasonHint}
          maxLength={MAX_REASON}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
          autosize
          minRows={2}
          data-autofocus
        />
        {error !== undefined && (
          <Alert color="red" role="alert">
            {errorText(error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {strings.common.cancel}
          </Button>
          <Button type="submit" color="red.9" loading={isEnding}>
            {strings.sessions.endNow}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

export const EndSession = ({ end }: Props) => {
  const [isOpened, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button size="xs" color="red.9" onClick={open}>
        {strings.sessions.end}
      </Button>
      <Modal opened={isOpened} onClose={close} title={strings.sessions.endTitle}>
        <EndForm end={end} onClose={close} />
      </Modal>
    </>
  )
}

import { Alert, Button, Group, Paper, Text } from '@mantine/core'
import { IconClock, IconUrgent } from '@tabler/icons-react'
import type { OutgoingMessage } from '@colloquy/apollo'
import { useChatClient } from '@colloquy/apollo/react'
import { errorText } from '../error-text.js'
import { strings } from '../strings.js'
import classes from './message.module.css'

const texts = strings.conversation

const Failure = ({ message, tabIndex }: { message: OutgoingMessage; tabIndex: number }) => {
  const { outbox } = useChatClient()
  const { clientMessageId, error } = message
  return (
    <>
      <Text size="sm" fw={600} mt={4}>
        {texts.failed} {errorText(error)}
      </Text>
      <Group gap="xs" mt={4}>
        <Button size="compact-sm" variant="default" tabIndex={tabIndex} onClick={() => outbox.retry(clientMessageId)}>
          {texts.retry}
        </Button>
        <Button size="compact-sm" variant="default" tabIndex={tabIndex} onClick={() => outbox.discard(clientMessageId)}>
          {texts.discard}
        </Button>
      </Group>
    </>
  )
}

interface Props {
  message: OutgoingMessage
  isActive: boolean
}

/** On its way, or refused. */
export const PendingMessage = ({ message, isActive }: Props) => {
  const { input, status } = message
  const tabIndex = isActive ? 0 : -1
  const label = `${texts.you}, ${status === 'WAITING' ? texts.waiting : texts.failed}`
  return (
    <article className={classes.message} data-own data-pending={status} aria-label={label} tabIndex={tabIndex}>
      <div className={classes.column}>
        <Paper className={classes.bubble} radius="lg" px="sm" py={6}>
          {input.emergency && <Alert color="red" title={texts.emergency.label} icon={<IconUrgent />} mb="xs" p="xs" />}
          <Text className={classes.text}>{input.body ?? texts.kinds[input.kind ?? 'TEXT']}</Text>
          {status === 'FAILED' ? (
            <Failure message={message} tabIndex={tabIndex} />
          ) : (
            <Group gap={4} justify="flex-end" mt={2}>
              <IconClock size={14} aria-hidden />
              <Text size="xs">{texts.waiting}</Text>
            </Group>
          )}
        </Paper>
      </div>
    </article>
  )
}

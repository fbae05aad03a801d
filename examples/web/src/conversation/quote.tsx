import { Text, UnstyledButton } from '@mantine/core'
import type { ChatMessage } from '@colloquy/apollo'
import { strings } from '../strings.js'
import { senderName, summaryOf } from './message-text.js'
import classes from './message.module.css'
import { useThread } from './thread.js'

interface Props {
  message: NonNullable<ChatMessage['replyTo']>
  tabIndex: number
}

/** What a message answers: a click shows it where it stands. */
export const Quote = ({ message, tabIndex }: Props) => {
  const { person, jumpTo } = useThread()
  return (
    <UnstyledButton className={classes.quote} tabIndex={tabIndex} onClick={() => jumpTo(message.id)}>
      <Text component="span" display="block" size="xs" fw={600} truncate>
        {strings.conversation.answerTo(senderName(message, person.id))}
      </Text>
      <Text component="span" size="sm" lineClamp={2}>
        {summaryOf(message)}
      </Text>
    </UnstyledButton>
  )
}

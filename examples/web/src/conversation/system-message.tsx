import { Text } from '@mantine/core'
import type { ChatMessage } from '@colloquy/apollo'
import { timeText } from '../date-text.js'
import { summaryOf } from './message-text.js'
import classes from './message.module.css'

/** What happened in the conversation. */
export const SystemMessage = ({ message, isActive }: { message: ChatMessage; isActive: boolean }) => (
  <article className={classes.system} aria-label={timeText(message.createdAt)} tabIndex={isActive ? 0 : -1}>
    <Text size="sm" ta="center">
      {summaryOf(message)} <time dateTime={message.createdAt}>{timeText(message.createdAt)}</time>
    </Text>
  </article>
)

import { Text } from '@mantine/core'
import { memo } from 'react'
import { dayText } from '../date-text.js'
import { strings } from '../strings.js'
import classes from './message.module.css'
import { PendingMessage } from './pending-message.js'
import { isPending, keyOf, type Row } from './rows.js'
import { StoredMessage } from './stored-message.js'
import { SystemMessage } from './system-message.js'

interface Props extends Row {
  isActive: boolean
  isHighlighted: boolean
}

const Message = ({ item, startsGroup, isActive, isHighlighted }: Omit<Props, 'day' | 'startsUnread'>) => {
  if (isPending(item)) return <PendingMessage message={item} isActive={isActive} />
  if (item.kind === 'SYSTEM') return <SystemMessage message={item} isActive={isActive} />
  return <StoredMessage message={item} {...{ startsGroup, isActive, isHighlighted }} />
}

export const MessageRow = memo(({ day, startsUnread, ...message }: Props) => (
  <div className={classes.row} data-key={keyOf(message.item)} data-starts-group={message.startsGroup}>
    {day !== null && (
      <Text size="sm" fw={600} ta="center" py="xs">
        {dayText(day)}
      </Text>
    )}
    {startsUnread && (
      <Text size="sm" fw={600} ta="center" className={classes.unread}>
        {strings.conversation.newMessages}
      </Text>
    )}
    <Message {...message} />
  </div>
))

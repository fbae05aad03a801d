import { Avatar, Group, Paper, Text } from '@mantine/core'
import type { ChatMessage } from '@colloquy/apollo'
import { useId } from 'react'
import { dateTimeText, timeText } from '../date-text.js'
import { strings } from '../strings.js'
import { DeliveryMark } from './delivery-mark.js'
import { MessageBody } from './message-body.js'
import { MessageMenu } from './message-menu.js'
import { senderName } from './message-text.js'
import classes from './message.module.css'
import { ReactionGroups, ReactionPicker } from './reactions.js'
import { useThread } from './thread.js'

interface Props {
  message: ChatMessage
  startsGroup: boolean
  /** The one whose controls the Tab key reaches: the arrows go from message to message. */
  isActive: boolean
  isHighlighted: boolean
}

const Footer = ({ message, isOwn }: { message: ChatMessage; isOwn: boolean }) => (
  <Group gap={6} justify="flex-end" mt={2}>
    {message.editedAt !== null && message.deletedAt === null && <Text size="xs">{strings.conversation.edited}</Text>}
    <Text size="xs" component="time" dateTime={message.createdAt}>
      {timeText(message.createdAt)}
    </Text>
    {isOwn && <DeliveryMark message={message} />}
  </Group>
)

export const StoredMessage = ({ message, startsGroup, isActive, isHighlighted }: Props) => {
  const { person, maySend } = useThread()
  const bodyId = useId()
  const isOwn = message.sender?.id === person.id
  const name = senderName(message, person.id)
  const tabIndex = isActive ? 0 : -1
  return (
    <article
      className={classes.message}
      data-own={isOwn}
      data-highlighted={isHighlighted}
      aria-label={`${name}, ${dateTimeText(message.createdAt)}`}
      aria-describedby={bodyId}
      tabIndex={tabIndex}
    >
      {!isOwn && (
        <div className={classes.avatar}>
          {startsGroup && <Avatar src={message.sender?.avatarUrl} name={name} color="initials" size="sm" alt="" />}
        </div>
      )}
      <div className={classes.column}>
        {startsGroup && !isOwn && (
          <Text size="sm" fw={600} className={classes.name}>
            {name}
          </Text>
        )}
        <Paper className={classes.bubble} radius="lg" px="sm" py={6}>
          <div id={bodyId}>
            <MessageBody message={message} tabIndex={tabIndex} />
          </div>
          <Footer message={message} isOwn={isOwn} />
        </Paper>
        <ReactionGroups message={message} tabIndex={tabIndex} />
      </div>
      <div className={classes.controls}>
        {maySend && message.deletedAt === null && <ReactionPicker message={message} tabIndex={tabIndex} />}
        <MessageMenu message={message} tabIndex={tabIndex} />
      </div>
    </article>
  )
}

import { Mark, NavLink, Text } from '@mantine/core'
import { shortDateText } from '../date-text.js'
import type { SearchMessagesQuery } from '../operations.js'
import { paths } from '../routes.js'
import { strings } from '../strings.js'
import { conversationName } from './conversation-name.js'

type Match = SearchMessagesQuery['searchMessages']['edges'][number]['node']

/** Leads to the message in its conversation. */
export const MessageHit = ({ match: { message, excerpt } }: { match: Match }) => {
  const { id, conversationId, conversation, sender, createdAt } = message
  const name = conversationName(conversation)
  return (
    <NavLink
      href={paths.conversation(conversationId, id)}
      label={sender && sender.displayName !== name ? strings.inbox.preview.by(name, sender.displayName) : name}
      description={excerpt.map(({ text, match }, index) =>
        match ? <Mark key={index}>{text}</Mark> : <span key={index}>{text}</span>,
      )}
      rightSection={
        <Text size="xs" component="time" dateTime={createdAt}>
          {shortDateText(createdAt)}
        </Text>
      }
    />
  )
}

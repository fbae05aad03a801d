import { Text } from '@mantine/core'
import type { ConversationState } from '@colloquy/apollo'
import { strings } from '../strings.js'

/** Its line is always there, so that nothing moves. */
export const TypingIndicator = ({ typing }: Pick<ConversationState, 'typing'>) => (
  <Text size="sm" px="md" h={22} truncate aria-live="polite">
    {typing.length > 0 && strings.conversation.typing(typing.map(({ displayName }) => displayName))}
  </Text>
)

import { ActionIcon, Button, Group, Menu } from '@mantine/core'
import { IconMoodPlus } from '@tabler/icons-react'
import type { ChatMessage } from '@colloquy/apollo'
import { strings } from '../strings.js'
import classes from './message.module.css'
import { showError } from '../show-error.js'
import { useThread } from './thread.js'

const EMOJIS = ['👍', '❤️', '😊', '😂', '😮', '😢', '🙏', '✅']

interface Props {
  message: ChatMessage
  tabIndex: number
}

const useToggle = (message: ChatMessage) => {
  const { actions } = useThread()
  return (emoji: string) => void actions.toggleReaction(message, emoji).catch(showError)
}

export const ReactionGroups = ({ message, tabIndex }: Props) => {
  const { maySend } = useThread()
  const toggle = useToggle(message)
  if (message.reactions.length === 0) return null
  return (
    <Group gap={4} mt={4}>
      {message.reactions.map(({ emoji, count, viewerReacted }) => (
        <Button
          key={emoji}
          size="compact-sm"
          radius="xl"
          variant="default"
          className={classes.reaction}
          aria-pressed={viewerReacted}
          aria-label={strings.conversation.reaction(emoji, count)}
          disabled={!maySend && !viewerReacted}
          tabIndex={tabIndex}
          onClick={() => toggle(emoji)}
        >
          {emoji} {count}
        </Button>
      ))}
    </Group>
  )
}

/** A few that are enough here. */
export const ReactionPicker = ({ message, tabIndex }: Props) => {
  const toggle = useToggle(message)
  return (
    <Menu shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={strings.conversation.addReaction} tabIndex={tabIndex}>
          <IconMoodPlus size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.emojis}>
          {EMOJIS.map(emoji => (
            <Menu.Item key={emoji} aria-label={strings.conversation.reactWith(emoji)} onClick={() => toggle(emoji)}>
              {emoji}
            </Menu.Item>
          ))}
        </div>
      </Menu.Dropdown>
    </Menu>
  )
}

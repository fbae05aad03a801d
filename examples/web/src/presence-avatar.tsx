import { Avatar, Indicator, VisuallyHidden } from '@mantine/core'
import type { ChatPresence } from '@colloquy/apollo'
import { strings } from './strings.js'

const COLORS = { AVAILABLE: 'green', BUSY: 'red', AWAY: 'yellow', OFFLINE: 'gray' }

interface Props {
  name: string
  /** Undefined where it is not known, or of nobody. */
  presence: Pick<ChatPresence, 'status'> | undefined
}

/** A dot for those who see it, a word for those who do not. */
export const PresenceAvatar = ({ name, presence }: Props) => (
  <Indicator
    disabled={!presence || presence.status === 'OFFLINE'}
    color={COLORS[presence?.status ?? 'OFFLINE']}
    position="bottom-end"
    offset={5}
    size={12}
    withBorder
  >
    <Avatar name={name} aria-hidden />
    {presence && <VisuallyHidden>{strings.inbox.presence[presence.status]}</VisuallyHidden>}
  </Indicator>
)

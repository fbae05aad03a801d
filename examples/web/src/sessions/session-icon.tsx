import type { SessionType } from '@colloquy/apollo'
import { IconMessage, IconPhone, IconVideo } from '@tabler/icons-react'

const ICONS = { CHAT: IconMessage, VOICE: IconPhone, VIDEO: IconVideo }

export const SessionIcon = ({ type }: { type: SessionType }) => {
  const Icon = ICONS[type]
  return <Icon size={18} aria-hidden />
}

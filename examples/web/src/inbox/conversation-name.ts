import type { ConversationKind } from '@colloquy/apollo'
import { strings } from '../strings.js'

interface Named {
  kind: ConversationKind
  title: string | null
  counterpart: { displayName: string } | null
}

export const conversationName = ({ kind, title, counterpart }: Named): string =>
  title ?? counterpart?.displayName ?? (kind === 'SUPPORT' ? strings.inbox.support : strings.inbox.untitled)

import type { ChatConversation } from '@colloquy/apollo'

export const isMuted = ({ viewer }: ChatConversation): boolean =>
  viewer?.notificationsEnabled === false || (viewer?.mutedUntil ?? '') > new Date().toISOString()

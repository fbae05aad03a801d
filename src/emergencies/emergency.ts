export interface Emergency {
  messageId: string
  conversationId: string
  flaggedById: string
  flaggedAt: Date
  acknowledgedById: string | null
  acknowledgedAt: Date | null
  escalatedAt: Date | null
}

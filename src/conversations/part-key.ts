/** Somebody's part in a conversation. */
export interface PartKey {
  conversationId: string
  userId: string
}

/** Equal for equal keys. */
export const partName = ({ conversationId, userId }: PartKey) => `${conversationId} ${userId}`

/** What the conversation is to a person: to an admin, at the support desk, what it is to the desk. */
export interface SightKey extends PartKey {
  asAdmin: boolean
}

/** Equal for equal keys. */
export const sightName = (key: SightKey) => `${partName(key)} ${key.asAdmin}`

import type { Message } from '../messages/message.js'

export interface ExcerptPart {
  text: string
  match: boolean
}

export interface MessageMatch {
  message: Message
  excerpt: ExcerptPart[]
  rank: number
}

import type { Reader } from '../conversations/read-access.js'
import type { Services } from '../services.js'
import { sightOfMessage } from './message-access.js'
import type { Message } from './message.js'
import type { Receipt } from './receipt.js'

/** None for who may not see the message. */
export const readReceipts = async (
  needs: Pick<Services, 'conversations' | 'grants' | 'loaders'>,
  viewer: Reader,
  message: Message,
): Promise<Receipt[]> => ((await sightOfMessage(needs, viewer, message)) ? needs.loaders.receipts(message) : [])

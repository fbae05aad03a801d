import type { Attachment } from '../attachments/attachment.js'
import { batched } from '../batched.js'
import type { Message, Revision } from '../messages/message.js'
import type { ReactionGroup, ReactionsKey } from '../messages/reaction.js'
import type { DeliveryStatus, Receipt } from '../messages/receipt.js'
import type { RepliesKey } from '../messages/thread.store.js'
import type { Services } from '../services.js'
import { byId, grouped, itself } from './load-many.js'

export type MessageStores = Pick<Services, 'messages' | 'threads' | 'receipts' | 'reactions' | 'sentAttachments'>

export interface MessageLoaders {
  /** With its sender. */
  message(id: string): Promise<Message | null>
  /** Of what is deleted: none. */
  revisions(messageId: string): Promise<Revision[]>
  replies(key: RepliesKey): Promise<Message[]>
  deliveryStatus(message: Message): Promise<DeliveryStatus>
  receipts(message: Message): Promise<Receipt[]>
  reactions(key: ReactionsKey): Promise<ReactionGroup[]>
  /** In their order. */
  attachments(messageId: string): Promise<Attachment[]>
}

/** Each holds up to a page of messages. */
const MAX_THREADS = 50

const messageId = ({ id }: Message) => id

export const createMessageLoaders = ({
  messages,
  threads,
  receipts,
  reactions,
  sentAttachments,
}: MessageStores): MessageLoaders => ({
  message: batched(
    byId(ids => messages.findMany(ids)),
    itself,
  ),
  revisions: batched(
    grouped(
      ids => threads.revisions(ids),
      revision => revision.messageId,
    ),
    itself,
  ),
  replies: batched(
    keys => threads.replies(keys),
    ({ messageId, from, limit }) => `${messageId} ${from} ${limit}`,
    MAX_THREADS,
  ),
  deliveryStatus: batched(about => receipts.statuses(about), messageId),
  receipts: batched(about => receipts.ofMessages(about), messageId),
  reactions: batched(
    keys => reactions.ofMessages(keys),
    ({ messageId, viewerId }) => `${messageId} ${viewerId}`,
  ),
  attachments: batched(
    grouped(
      ids => sentAttachments.ofMessages(ids),
      attachment => attachment.messageId,
    ),
    itself,
  ),
})

import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import { DeliveryStatusEnum } from '../graphql/enums.js'
import type { Message } from './message.js'
import { sightOfMessage } from './message-access.js'
import { MessageType } from './message.types.js'
import { readReceipts } from './read-receipts.js'
import type { DeliveryStatus, Receipt } from './receipt.js'
import { ReceiptType } from './receipt.types.js'

// Not shared: they change while the message stays as it is, and a subscriber who is late gets them as they are by then.
@Resolver(() => MessageType)
export class ReceiptResolver {
  @FieldResolver(() => DeliveryStatusEnum, {
    description:
      'Of all recipients who still take part, the one furthest behind; the support desk is one recipient, as far as its furthest admin. SENT where there is no recipient, and for who may not see the message. When a position moves, the message does not change: see `receipts`.',
  })
  async deliveryStatus(@Root() message: Message, @Ctx() context: Context): Promise<DeliveryStatus> {
    const { services } = context
    const sight = sightOfMessage(services, requireViewer(context), message)
    const [seen, status] = await Promise.all([sight, services.loaders.deliveryStatus(message)])
    return seen ? status : 'SENT'
  }

  @FieldResolver(() => [ReceiptType], {
    description:
      'One for each recipient who took part when the message was sent, also of those who have left; the support desk has one once an admin has written or marked there. Changes arrive by `receiptAdvanced`: compare `seq`.',
  })
  receipts(@Root() message: Message, @Ctx() context: Context): Promise<Receipt[]> {
    return readReceipts(context.services, requireViewer(context), message)
  }
}

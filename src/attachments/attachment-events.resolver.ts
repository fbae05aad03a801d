import { Arg, Directive, ID, Resolver, Root, type SubscribeResolverData, Subscription } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import type { Attachment } from './attachment.js'
import { AttachmentType } from './attachment.types.js'
import { followAttachment } from './follow-attachment.js'

const attachment = ({ args, context }: SubscribeResolverData<unknown, { id: string }, Context>) =>
  followAttachment(context.services, requireViewer(context), args.id, context.connection.queue)

@Resolver()
export class AttachmentEventsResolver {
  @Directive('@auth')
  @Subscription(() => AttachmentType, {
    subscribe: attachment,
    description:
      'The present state at once, then every change, until READY or REJECTED: then it is complete. For the uploader; to everybody else NOT_FOUND, with which it ends, too, where the attachment goes. How many bytes have arrived tus itself tells.',
  })
  attachmentUpdated(
    @Root() attachment: Attachment,
    @Arg('id', () => ID, { description: 'One that the viewer uploads.' }) _id: string,
  ): Attachment {
    return attachment
  }
}

import { Arg, Ctx, Directive, ID, Mutation, Query, Resolver } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import type { Attachment } from './attachment.js'
import {
  AttachmentType,
  CreateUploadInputType,
  CreateUploadPayloadType,
  DiscardAttachmentInputType,
  DiscardAttachmentPayloadType,
} from './attachment.types.js'
import { createUpload, type NewUpload } from './create-upload.js'
import { discardAttachment, type DiscardAttachmentInput } from './discard-attachment.js'
import { readAttachment } from './read-attachment.js'

@Resolver(() => AttachmentType)
export class AttachmentResolver {
  @Directive('@auth')
  @Query(() => AttachmentType, {
    nullable: true,
    description:
      'What was not sent is its uploader’s; what was sent, theirs who may read the message, also under an access grant. NOT_FOUND for everybody else, and with a message that was deleted.',
  })
  attachment(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The attachment.' }) id: string,
  ): Promise<Attachment> {
    return readAttachment(context.services, requireViewer(context), id)
  }

  @Directive('@auth')
  @Mutation(() => CreateUploadPayloadType, {
    nullable: true,
    description:
      'Opens a resumable (tus 1.0) upload; the returned URL takes the bytes, in as many pieces as the network allows. For who may send in the conversation, with the errors of `sendMessage`. RATE_LIMITED beyond the configured uploads a minute, and while 50 files or 1 GiB of the viewer’s are uploaded and not sent: send them, discard them, or wait until the oldest goes.',
  })
  createUpload(
    @Ctx() context: Context,
    @Arg('input', () => CreateUploadInputType, { description: 'What, and where to.' }) input: CreateUploadInputType,
  ): Promise<NewUpload> {
    return createUpload(context.services, requireViewer(context), input, context.baseUrl)
  }

  @Directive('@auth')
  @Mutation(() => DiscardAttachmentPayloadType, {
    nullable: true,
    description:
      'Gives up a file that the viewer uploaded, or began to, and did not send: its bytes are removed. NOT_FOUND for another’s, and for one that is gone; CONFLICT with reason ATTACHMENT_SENT once it was sent: delete the message then.',
  })
  discardAttachment(
    @Ctx() context: Context,
    @Arg('input', () => DiscardAttachmentInputType, { description: 'Which.' }) input: DiscardAttachmentInputType,
  ): Promise<DiscardAttachmentInput> {
    return discardAttachment(context.services, requireViewer(context), input)
  }
}

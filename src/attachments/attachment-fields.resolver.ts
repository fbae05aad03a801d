import { Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import { DateTime } from '../graphql/scalars.js'
import type { Message } from '../messages/message.js'
import { MessageType } from '../messages/message.types.js'
import type { Attachment } from './attachment.js'
import { AttachmentType } from './attachment.types.js'
import { downloadUrl, urlsExpireAt } from './download-urls.js'
import { readAttachments } from './read-attachments.js'

const forViewer = (context: Context) => ({ userId: requireViewer(context).userId, baseUrl: context.baseUrl })

@Resolver(() => AttachmentType)
export class AttachmentFieldsResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Where the file is, for the viewer alone and for 5 minutes; null until READY. Takes GET and HEAD without a token, with `Range`, and asks again whether the viewer may see the message. Images, sound and video are shown, other files saved. 403: it has expired, ask for the attachment anew; 404: it is not, or no longer, theirs to have.',
  })
  url(@Root() attachment: Attachment, @Ctx() context: Context): string | null {
    return downloadUrl(context.services, attachment, 'download', forViewer(context))
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'As `url`, of a small picture of it: of images, once READY. Else null.',
  })
  thumbnailUrl(@Root() attachment: Attachment, @Ctx() context: Context): string | null {
    return downloadUrl(context.services, attachment, 'thumbnail', forViewer(context))
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'Until when `url` and `thumbnailUrl` can be used; what has begun by then goes on. Null until READY.',
  })
  urlExpiresAt(@Root() attachment: Attachment): Date | null {
    return urlsExpireAt(attachment)
  }
}

@Resolver(() => MessageType)
export class MessageAttachmentsResolver {
  @Extensions({ listSize: 10, shared: true })
  @FieldResolver(() => [AttachmentType], {
    description:
      'What an IMAGE, a FILE or a VOICE message holds, in the sender’s order. Empty for others, once it is deleted, and for who is given it without its text.',
  })
  attachments(@Root() message: Message, @Ctx() { services }: Context): Promise<Attachment[]> {
    return readAttachments(services, message)
  }
}

import { Args, Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import { ForwardPageArgs } from '../graphql/page.types.js'
import { AppointmentCardType, PrescriptionCardType } from './card.types.js'
import type { Message, PrescriptionCard, Revision } from './message.js'
import { MessageConnectionType, MessageType } from './message.types.js'
import { appointmentOf, prescriptionOf } from './read-card.js'
import { readReplies, readRevisions, readTarget } from './read-thread.js'
import { MessageRevisionType } from './revision.types.js'

@Resolver(() => MessageType)
export class ThreadResolver {
  @FieldResolver(() => MessageType, {
    nullable: true,
    description:
      'The message that this answers. Null where it answers none, where retention has removed that one, and for who may not see it. When that message changes, this one does not: a client keeps the two by id.',
  })
  replyTo(@Root() message: Message, @Ctx() context: Context): Promise<Message | null> {
    return readTarget(context.services, requireViewer(context), message)
  }

  @FieldResolver(() => MessageConnectionType, { description: 'The answers to this message, oldest first.' })
  replies(
    @Root() message: Message,
    @Ctx() context: Context,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<MessageConnectionType> {
    return readReplies(context.services, requireViewer(context), message, page)
  }

  @FieldResolver(() => [MessageRevisionType], {
    nullable: true,
    description:
      'Oldest first, the present text last. Null once the message is deleted, and for who may not see them. Empty where there never was a text.',
  })
  revisions(@Root() message: Message, @Ctx() context: Context): Promise<Revision[] | null> {
    return readRevisions(context.services, requireViewer(context), message)
  }

  @Extensions({ shared: true })
  @FieldResolver(() => AppointmentCardType, {
    nullable: true,
    description: 'Of APPOINTMENT messages. Null for others, and once deleted.',
  })
  appointment(@Root() message: Message): AppointmentCardType | null {
    return appointmentOf(message)
  }

  @Extensions({ shared: true })
  @FieldResolver(() => PrescriptionCardType, {
    nullable: true,
    description: 'Of PRESCRIPTION messages. Null for others, and once deleted.',
  })
  prescription(@Root() message: Message): PrescriptionCard | null {
    return prescriptionOf(message)
  }
}

import {
  Arg,
  Ctx,
  Directive,
  FieldResolver,
  ID,
  Mutation,
  Resolver,
  Root,
  type SubscribeResolverData,
  Subscription,
} from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import { UserType } from '../people/people.types.js'
import type { Person } from '../people/person.js'
import type { Session } from '../sessions/session.js'
import { SessionType } from '../sessions/session.types.js'
import type { CallSignal } from './call.js'
import { CallSignalType, CallType, SendSignalPayloadType, SignalInputType } from './call.types.js'
import { followSignals } from './follow-signals.js'
import { readCall } from './read-call.js'
import { sendSignal } from './send-signal.js'

const signals = ({ args, context }: SubscribeResolverData<unknown, { sessionId: string }, Context>) =>
  followSignals(context.services, requireViewer(context), args.sessionId, context.connection.queue)

@Resolver(() => CallSignalType)
export class CallSignalResolver {
  @Directive('@auth')
  @Mutation(() => SendSignalPayloadType, {
    nullable: true,
    description:
      'To the other participants of a live VOICE or VIDEO session, or one of them; nothing of it is stored. A signal may be lost: repeat an OFFER that is not answered. Signals of one sender keep their order: send them over one WebSocket, or each after the answer to the one before. A CHAT session is BAD_USER_INPUT. CONFLICT: SESSION_OVER, CONVERSATION_NOT_ACTIVE, CARE_RELATIONSHIP_ENDED. RATE_LIMITED beyond the configured signals a minute.',
  })
  async sendSignal(
    @Ctx() context: Context,
    @Arg('input', () => SignalInputType, { description: 'What, and to whom.' }) input: SignalInputType,
  ): Promise<SendSignalPayloadType> {
    return { recipients: await sendSignal(context.services, requireViewer(context), input) }
  }

  @Directive('@auth')
  @Subscription(() => CallSignalType, {
    subscribe: signals,
    description:
      'What the others in the call send the viewer, never the viewer’s own; what came before is gone. It is complete when the session is over or the viewer leaves it; in a conversation that is blocked it ends with CONFLICT CONVERSATION_NOT_ACTIVE. It begins with the errors of `sendSignal`.',
  })
  callSignal(
    @Root() signal: CallSignal,
    @Arg('sessionId', () => ID, { description: 'A session that the viewer is in.' }) _sessionId: string,
  ): CallSignal {
    return signal
  }

  @FieldResolver(() => UserType, { description: 'Who sent it.' })
  from(@Root() { fromId }: CallSignal, @Ctx() { services }: Context): Promise<Person> {
    return services.loaders.person(fromId)
  }
}

@Resolver(() => SessionType)
export class SessionCallResolver {
  @FieldResolver(() => CallType, {
    nullable: true,
    description: 'Null unless VOICE or VIDEO, ACTIVE, and the viewer is in it: in a group they join it first.',
  })
  call(@Root() session: Session, @Ctx() context: Context) {
    return readCall(context.services, requireViewer(context), session)
  }
}

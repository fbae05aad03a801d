import { Arg, Directive, ID, Resolver, Root, type SubscribeResolverData, Subscription } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import { followSessions } from './follow-sessions.js'
import type { Session } from './session.js'
import { SessionType } from './session.types.js'

type To<Args> = SubscribeResolverData<unknown, Args, Context>

const sessions = ({ args, context }: To<{ sessionId?: string | null }>) =>
  followSessions(context.services, requireViewer(context), args.sessionId ?? null, context.connection.queue)

@Resolver()
export class SessionEventsResolver {
  @Directive('@auth')
  @Subscription(() => SessionType, {
    subscribe: sessions,
    description:
      'Sessions of the viewer that start, change or end: somebody joins or leaves, or something is given back. Not that time passes, and what it costs so far. It begins anew after a reconnect: a query sent behind it on the same WebSocket misses nothing.',
  })
  sessionUpdated(
    @Root() session: Session,
    @Arg('sessionId', () => ID, { nullable: true, description: 'This one only; without it, all of the viewer’s.' })
    _sessionId?: string | null,
  ): Session {
    return session
  }
}

import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { Conversation } from '../conversations/conversation.js'
import { ConversationType } from '../conversations/conversation.types.js'
import { findReadAccess } from '../conversations/read-access.js'
import { forbidden } from '../errors.js'
import { type Context, requireViewer } from '../graphql/context.js'
import { ForwardPageArgs, PageArgs } from '../graphql/page.types.js'
import { MessageConnectionType } from '../messages/message.types.js'
import { readHistory } from '../messages/read-history.js'
import { pageArgs } from '../paging/page.js'
import { UserType } from '../people/people.types.js'
import type { Person } from '../people/person.js'
import { createSession } from './create-session.js'
import { endSession } from './end-session.js'
import { joinSession, leaveSession } from './join-session.js'
import { listSessions } from './list-sessions.js'
import { findReadableSession } from './session-access.js'
import type { Session, SessionParticipant } from './session.js'
import {
  CreateSessionInputType,
  EndSessionInputType,
  SessionConnectionType,
  SessionFilterType,
  SessionParticipantType,
  SessionPayloadType,
  SessionPresenceInputType,
  SessionType,
} from './session.types.js'

@Resolver(() => SessionType)
export class SessionResolver {
  @Directive('@auth')
  @Query(() => SessionConnectionType, {
    description: 'Those of the conversations that the viewer takes part in. Newest first.',
  })
  sessions(
    @Ctx() context: Context,
    @Arg('filter', () => SessionFilterType, { nullable: true, defaultValue: {}, description: 'Which.' })
    filter: SessionFilterType | null,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<SessionConnectionType> {
    return listSessions(context.services, requireViewer(context), filter, page)
  }

  @Directive('@auth')
  @Query(() => SessionType, {
    nullable: true,
    description:
      'A session in a conversation of the viewer. Others’ are NOT_FOUND, to admins FORBIDDEN but under an access grant.',
  })
  async session(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The id of the session.' }) id: string,
  ): Promise<Session> {
    return (await findReadableSession(context.services, requireViewer(context), id)).session
  }

  @Directive('@auth(requires: [PATIENT, PROFESSIONAL])')
  @Mutation(() => SessionPayloadType, {
    nullable: true,
    description:
      'Starts a session: by either side of a DIRECT conversation, or by a professional of a GROUP. CONFLICT: SESSION_ALREADY_ACTIVE (`extensions.sessionId` names the one that is running), CARE_RELATIONSHIP_ENDED, CONVERSATION_NOT_ACTIVE. PROFESSIONAL_UNAVAILABLE where they accept no sessions, or none of this kind. RATE_LIMITED beyond the configured starts a minute.',
  })
  async createSession(
    @Ctx() context: Context,
    @Arg('input', () => CreateSessionInputType, { description: 'With whom, and how.' }) input: CreateSessionInputType,
  ): Promise<SessionPayloadType> {
    return { session: await createSession(context.services, requireViewer(context), input) }
  }

  @Directive('@auth')
  @Mutation(() => SessionPayloadType, {
    nullable: true,
    description:
      'By either side of a DIRECT conversation; in a GROUP by its professionals, and by admins who take part: a patient leaves instead. What it costs is charged in the same transaction. One that was idle for too long by then ends as EXPIRED, as of its last activity. Ending an ended session changes nothing and returns it.',
  })
  async endSession(
    @Ctx() context: Context,
    @Arg('input', () => EndSessionInputType, { description: 'Which, and why.' }) input: EndSessionInputType,
  ): Promise<SessionPayloadType> {
    return { session: await endSession(context.services, requireViewer(context), input) }
  }

  @Directive('@auth')
  @Mutation(() => SessionPayloadType, {
    nullable: true,
    description:
      'Who takes part in the conversation comes into its session, again too; who is in it already changes nothing, and it does not count. In a DIRECT conversation both are in it from the start. In a group each patient pays for the seconds that they are in it. CONFLICT: SESSION_OVER, CARE_RELATIONSHIP_ENDED, CONVERSATION_NOT_ACTIVE. RATE_LIMITED beyond the configured starts a minute.',
  })
  async joinSession(
    @Ctx() context: Context,
    @Arg('input', () => SessionPresenceInputType, { description: 'Which.' }) input: SessionPresenceInputType,
  ): Promise<SessionPayloadType> {
    return { session: await joinSession(context.services, requireViewer(context), input.sessionId) }
  }

  @Directive('@auth')
  @Mutation(() => SessionPayloadType, {
    nullable: true,
    description:
      'The session goes on, and, in a DIRECT conversation, is charged until it ends. Leaving where one is not, or what is over, changes nothing. Who leaves a group leaves its session, which ends where they give it.',
  })
  async leaveSession(
    @Ctx() context: Context,
    @Arg('input', () => SessionPresenceInputType, { description: 'Which.' }) input: SessionPresenceInputType,
  ): Promise<SessionPayloadType> {
    return { session: await leaveSession(context.services, requireViewer(context), input.sessionId) }
  }

  @FieldResolver(() => ConversationType, { description: 'Where it is held.' })
  conversation(@Root() { conversationId }: Session, @Ctx() { services }: Context): Promise<Conversation> {
    return services.loaders.conversation(conversationId)
  }

  @FieldResolver(() => UserType, { nullable: true, description: 'Null in a group’s session: see `participants`.' })
  patient(@Root() { patientId }: Session, @Ctx() { services }: Context): Promise<Person> | null {
    return patientId === null ? null : services.loaders.person(patientId)
  }

  @FieldResolver(() => UserType, { description: 'Who gives the consultation.' })
  professional(@Root() { professionalId }: Session, @Ctx() { services }: Context): Promise<Person> {
    return services.loaders.person(professionalId)
  }

  @FieldResolver(() => [SessionParticipantType], { description: 'Everyone who was in it, by when they joined.' })
  participants(@Root() { id }: Session, @Ctx() { services }: Context): Promise<SessionParticipant[]> {
    return services.loaders.sessionParticipants(id)
  }

  @FieldResolver(() => MessageConnectionType, {
    description: 'Those that were sent while it was ACTIVE, oldest to newest. Without arguments, the last 50.',
  })
  async messages(
    @Root() { id, conversationId }: Session,
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<MessageConnectionType> {
    const mayNotRead = () => forbidden('You do not take part in this conversation.')
    const access = await findReadAccess(context.services, requireViewer(context), conversationId, mayNotRead)
    return readHistory(context.services, access, pageArgs(page, true), id)
  }
}

@Resolver(() => SessionParticipantType)
export class SessionParticipantResolver {
  @FieldResolver(() => UserType, { description: 'The person.' })
  user(@Root() { userId }: SessionParticipant, @Ctx() { services }: Context): Promise<Person> {
    return services.loaders.person(userId)
  }
}

import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import type { Conversation } from './conversation.js'
import { ConversationType, UnreadCountsType } from './conversation.types.js'
import { showSeen } from './read-own-part.js'
import type { UnreadCounts } from './unread-counts.js'

@Resolver(() => UnreadCountsType)
export class UnreadCountsResolver {
  @FieldResolver(() => [ConversationType], { description: 'Their `unreadCount` says how many each has.' })
  conversations(@Root() { conversations }: UnreadCounts, @Ctx() context: Context): Promise<Conversation[]> {
    return showSeen(context.services, requireViewer(context), conversations)
  }
}

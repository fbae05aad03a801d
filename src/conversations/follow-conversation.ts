import { type DomainError, forbidden, notFound } from '../errors.js'
import type { Head } from '../events/feeds.js'
import type { Change } from '../events/topics.js'
import { isUuid } from '../limits/ids.js'
import type { Message } from '../messages/message.js'
import type { Services } from '../services.js'
import type { Access } from './conversation-access.js'
import { ConversationView } from './conversation-view.js'
import { findReadAccess, type Reader } from './read-access.js'

export type FollowNeeds = Pick<Services, 'conversations' | 'feeds' | 'grants' | 'grantWatch'>

/** Called synchronously, with what the viewer may see only. */
export interface Follower {
  /** As FeedListener's. */
  onChanges?(changes: Change[], since: number): void
  onMessages?(messages: Message[]): void
  /** The viewer may not follow it any more. Nothing comes after. */
  onDenied(error: DomainError): void
}

export interface Following {
  readonly view: ConversationView
  /** Where the feed stands. */
  position: () => Head
  /** Resolves once what the viewer may see is known up to that rev. */
  reach: (rev: number) => Promise<void>
  close: () => void
}

/** Throws where the viewer may not follow the conversation. */
export const followConversation = async (
  needs: FollowNeeds,
  viewer: Reader,
  conversationId: string,
  follower: Follower,
): Promise<Following> => {
  let view: ConversationView | null = null
  const early: Change[] = []
  const handle = isUuid(conversationId)
    ? await needs.feeds.follow(conversationId, {
        onChanges(changes, since) {
          if (!view) return void early.push(...changes.filter(change => change.kind !== 'message'))
          view.apply(changes)
          if (view.denied) {
            follower.onDenied(view.denied)
            return handle?.close()
          }
          follower.onChanges?.(view.visible(changes), since)
        },
        onMessages(messages) {
          if (view) follower.onMessages?.(messages.filter(message => view?.shows(message)))
        },
      })
    : null
  if (!handle) throw notFound('conversation')
  try {
    // After joining the feed: no removal falls between.
    const access = await findReadAccess(needs, viewer, conversationId)
    const held = await followGrant(needs, access, error => {
      handle.close()
      follower.onDenied(error)
    })
    view = new ConversationView(access)
    view.apply(early)
    if (view.denied) throw (held.close(), view.denied)
    return { ...handle, view, close: () => (held.close(), handle.close()) }
  } catch (error) {
    handle.close()
    throw error
  }
}

/** Nothing to be followed where the access needs no grant. Throws where the grant is over by now. */
const followGrant = async (
  { grantWatch }: FollowNeeds,
  { grant }: Access,
  onOver: (error: DomainError) => void,
): Promise<{ close: () => void }> => {
  if (!grant) return { close: () => {} }
  const error = forbidden('The access grant is over.')
  let began = false
  let isOver = false
  const close = await grantWatch.follow(grant, () => {
    isOver = true
    if (began) onOver(error)
  })
  if (isOver) throw (close(), error)
  began = true
  return { close }
}

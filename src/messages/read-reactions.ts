import type { Reader } from '../conversations/read-access.js'
import { pageArgs } from '../paging/page.js'
import type { Person } from '../people/person.js'
import type { Services } from '../services.js'
import { sightOfMessage } from './message-access.js'
import type { Message } from './message.js'
import type { ReactionGroup } from './reaction.js'

type Needs = Pick<Services, 'conversations' | 'grants' | 'loaders'>

/** None for who may not see the message. */
export const readReactions = async (needs: Needs, viewer: Reader, message: Message): Promise<ReactionGroup[]> => {
  if (!(await sightOfMessage(needs, viewer, message))) return []
  return needs.loaders.reactions({ messageId: message.id, viewerId: viewer.userId })
}

export const readReactors = ({ reactors }: ReactionGroup, first: number): Person[] =>
  reactors.slice(0, pageArgs({ first }).limit)

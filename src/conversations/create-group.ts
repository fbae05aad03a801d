import type { Asker } from '../people/person.js'
import type { Services } from '../services.js'
import type { Conversation, RoomType } from './conversation.js'
import { findMembers, requireRoom } from './group-members.js'
import { cleanDescription, cleanTags, cleanTitle } from './room-texts.js'

export interface CreateGroupInput {
  participantIds: string[]
  title: string
  roomType?: RoomType | null
  description?: string | null
  tags?: string[] | null
}

type Needs = Pick<Services, 'limits' | 'people' | 'writer'>

/** The viewer takes part in it, as a professional where they are one. */
export const createGroup = async (needs: Needs, viewer: Asker, input: CreateGroupInput): Promise<Conversation> => {
  const room = {
    title: cleanTitle(input.title),
    roomType: input.roomType ?? 'GENERAL',
    description: cleanDescription(input.description),
    tags: cleanTags(input.tags),
  }
  const members = await findMembers(needs, viewer, 'input.participantIds', input.participantIds)
  requireRoom('input.participantIds', members.length + 1)
  await needs.limits.consume('starts', viewer.userId)
  const role = viewer.roles.includes('PROFESSIONAL') ? 'PROFESSIONAL' : 'ADMIN'
  return needs.writer.run(async writing => {
    const participants = [{ userId: viewer.userId, role } as const, ...members]
    return {
      ...(await writing.create({ kind: 'GROUP', createdById: viewer.userId, ...room, participants })).conversation,
    }
  }, viewer)
}

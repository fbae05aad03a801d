import { badInput, conflict, notFound } from '../errors.js'
import { isUuid } from '../limits/ids.js'
import { cleanText } from '../limits/text.js'
import type { Message } from '../messages/message.js'
import type { Asker } from '../people/person.js'
import type { Services } from '../services.js'
import type { Notification } from './notification.js'

export interface NotifyInput {
  userIds?: string[] | null
  conversationId?: string | null
  title: string
  urgent?: boolean | null
}

export interface Notified {
  notifications: Notification[]
  message: Message | null
}

type Needs = Pick<Services, 'people' | 'writer'>

const LONGEST_TITLE = 200
const MOST_PEOPLE = 100

/** From the host system: a notification to people, or a message into a conversation. */
export const notify = async (needs: Needs, viewer: Asker, input: NotifyInput): Promise<Notified> => {
  const { userIds, conversationId, urgent } = input
  if (userIds && conversationId) throw badInput('input.conversationId', 'Name people or a conversation, not both.')
  const title = cleanText('input.title', input.title, { max: LONGEST_TITLE })
  if (conversationId) {
    if (urgent) throw badInput('input.urgent', 'Only what goes to people is urgent.')
    return { notifications: [], message: await addMessage(needs, viewer, conversationId, title) }
  }
  const wanted = { kind: 'SYSTEM', title, urgent: urgent ?? false, actorId: viewer.userId } as const
  return { notifications: await notifyPeople(needs, viewer, userIds ?? [], wanted), message: null }
}

const addMessage = ({ writer }: Needs, asker: Asker, conversationId: string, body: string): Promise<Message> =>
  writer.run(async writing => {
    const open = isUuid(conversationId) ? await writing.open(conversationId) : null
    if (!open) throw notFound('conversation', 'input.conversationId')
    if (!['ACTIVE', 'ARCHIVED'].includes(open.conversation.status))
      throw conflict('CONVERSATION_NOT_ACTIVE', 'The conversation takes no messages.')
    return open.addSystemMessage(body, null)
  }, asker)

const notifyPeople = async (
  { people, writer }: Needs,
  asker: Asker,
  given: readonly string[],
  wanted: Pick<Notification, 'title' | 'urgent' | 'actorId'> & { kind: 'SYSTEM' },
): Promise<Notification[]> => {
  const userIds = [...new Set(given)]
  if (userIds.length === 0) throw badInput('input.userIds', 'Name people or a conversation.')
  if (userIds.length > MOST_PEOPLE) throw badInput('input.userIds', `At most ${MOST_PEOPLE} people at a time.`)
  const standings = await people.standingOf(userIds)
  if (standings.filter(({ active }) => active).length < userIds.length) throw notFound('user', 'input.userIds')
  return writer.run(writing => writing.notify(userIds.map(userId => ({ ...wanted, userId }))), asker)
}

import { notFound } from '../errors.js'
import { EventStream, type StreamBudget } from '../events/event-stream.js'
import type { Asker } from '../people/person.js'
import type { Services } from '../services.js'
import { hasExpired, type Attachment } from './attachment.js'
import { readOwnAttachment } from './read-attachment.js'

type Needs = Pick<Services, 'attachmentWatch' | 'conversations' | 'grants' | 'sentAttachments'>

const isDecided = ({ status }: Attachment) => status === 'READY' || status === 'REJECTED'

/** What it is, and whatever becomes of it, until that is decided. */
export const followAttachment = async (
  needs: Needs,
  viewer: Asker,
  id: string,
  budget: StreamBudget,
): Promise<EventStream<Attachment>> => {
  const { conversationId } = await readOwnAttachment(needs, viewer, id)
  if (viewer.trail) viewer.trail.about.conversationId = conversationId
  const stream = new EventStream<Attachment>(budget)
  let told = ''
  const tell = (attachment: Attachment | null) => {
    if (!attachment || hasExpired(attachment)) return stream.end(notFound('attachment', 'id'))
    const state = JSON.stringify(attachment)
    if (state === told) return
    told = state
    stream.push(attachment)
    if (isDecided(attachment)) stream.end()
  }
  return stream.open(async () => {
    stream.onEnd(await needs.attachmentWatch.watch(id, tell))
  })
}

import type { AuditAbout } from '../audit-trail.js'
import { topUpWallet } from '../billing/top-up.js'
import { startSupport } from '../conversations/start-support.js'
import { RateLimits } from '../limits/rate-limits.js'
import { advanceMark } from '../messages/advance-mark.js'
import { react } from '../messages/react.js'
import { sendMessage } from '../messages/send-message.js'
import type { Asker } from '../people/person.js'
import { setCareRelationship } from '../people/set-care-relationship.js'
import { upsertUsers } from '../people/upsert-users.js'
import { setProfile } from '../professionals/set-profile.js'
import type { Services } from '../services.js'
import { findGroup } from './care-team.store.js'
import { careTeam, demoMessages, type DemoRoom } from './messages.js'
import { admin, ben, demoCare, demoPeople, demoProfiles, demoTopUps, isOfDemo, type DemoPerson } from './people.js'

/** As one of them asks the API: what they do is in the audit log. */
const as = ({ id, roles }: DemoPerson, action: string, about: AuditAbout = {}): Asker => ({
  userId: id,
  roles,
  requestId: 'demo',
  trail: { action, about, isWritten: false },
})

/** The last step of all: without it, a start before this one was cut off. */
const isComplete = async ({ ledger }: Services) => {
  const ids = demoTopUps.map(({ userId }) => userId)
  const balances = await Promise.all(ids.map(id => ledger.balances(id)))
  return balances.every(found => found.length > 0)
}

/** Of two processes that start at once, one makes it: under the lock of its first member. */
const openCareTeam = async ({ writer }: Services): Promise<string> => {
  const { title, description, members } = careTeam
  const [first] = members
  if (!first) throw new Error('A care team has members.')
  const asker = as(first, 'createGroup')
  return writer.run(async writing => {
    await writing.lockUsers([first.id])
    const known = await findGroup(writing.tx, title, first.id)
    if (known !== null) return known
    const participants = members.flatMap(({ id, roles: [role] }) => (role ? [{ userId: id, role }] : []))
    const group = { kind: 'GROUP', createdById: first.id, roomType: 'CONSULTATION', title, description } as const
    return (await writing.create({ ...group, participants })).conversation.id
  }, asker)
}

const sendMessages = async (needs: Services, rooms: Record<DemoRoom, string>) => {
  const ids = new Map<string, string>()
  for (const { key, from, to, body, answers, reaction } of demoMessages) {
    const target = typeof to === 'string' ? { conversationId: rooms[to] } : { recipientId: to.id }
    const replyToId = answers === undefined ? undefined : ids.get(answers)
    const input = { ...target, body, replyToId, clientMessageId: key }
    const { id, conversationId } = await sendMessage(needs, as(from, 'sendMessage'), input)
    ids.set(key, id)
    if (reaction)
      await react(needs, as(reaction.by, 'react', { messageId: id }), { messageId: id, emoji: reaction.emoji })
    // Who answers has read what there was.
    for (const reader of reaction ? [from, reaction.by] : [from])
      await advanceMark(needs, as(reader, 'markRead'), 'READ', { conversationId, throughMessageId: id })
  }
}

/** Everything here may be done twice, also at once by two processes. */
const createDemo = async (services: Services) => {
  const limits = new RateLimits({ messagesPerMinute: 0, startsPerMinute: 0, signalsPerMinute: 0, uploadsPerMinute: 0 })
  const needs = { ...services, limits }
  await upsertUsers(
    needs,
    demoPeople.map(person => ({ ...person, active: true })),
  )
  for (const care of demoCare) await setCareRelationship(needs, { ...care, active: true })
  for (const { of, profile } of demoProfiles) await setProfile(needs, as(of, 'setProfessionalProfile'), profile)
  const support = await startSupport(needs, as(ben, 'startSupportConversation'), null)
  await sendMessages(needs, { CARE_TEAM: await openCareTeam(needs), DESK: support.conversation.id })
  for (const topUp of demoTopUps)
    await topUpWallet(needs, as(admin, 'topUpWallet', { subjectUserId: topUp.userId }), topUp)
}

/** Makes the demo where there is nobody yet, or only what was begun of it. */
export const prepareDemo = async (services: Services): Promise<void> => {
  const some = await services.people.someIds(demoPeople.length + 1)
  if (some.every(isOfDemo) && !(await isComplete(services))) await createDemo(services)
}

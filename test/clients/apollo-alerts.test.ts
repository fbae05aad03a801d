import { describe, expect, test } from '@jest/globals'
import { cleanUp } from '../support/cleanup.js'
import { make } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { deliveryStatus } from './delivery-status.js'
import { explainError } from './explain-error.js'
import { openConversation } from './open-conversation.js'
import { openDesk } from './open-desk.js'
import { openEmergencies } from './open-emergencies.js'
import { openNotifications } from './open-notifications.js'
import { openRoom, type Room } from './open-room.js'
import {
  AcknowledgeEmergencyDocument,
  type ChatUsersQuery,
  FlagEmergencyDocument,
  MarkNotificationsReadDocument,
  MarkReadDocument,
  SendMessageDocument,
  StartSupportDocument,
  UnreadCountsDocument,
  type MessagePartsFragment,
  type NotificationPartsFragment,
} from './operations.js'
import { type Client, clientsAt } from './test-client.js'
import { TestView } from './test-view.js'

const HOUR_MS = 3_600_000
const QUICK = { afterMs: 10, sweepEveryMs: HOUR_MS, quietForMs: HOUR_MS }
const app = await startApp({}, { notifierTimings: QUICK })
const given = make(app)
const clientOf = clientsAt(app)

const NOTIFY = 'mutation ($input: NotifyInput!) { notify(input: $input) { notifications { id } } }'

class NotificationsTestView extends TestView<NotificationPartsFragment[]> {
  readonly alerts = new TestView<NotificationPartsFragment>()
  readonly alert = this.alerts.show
}

describe('004.7 Apollo Client: notifications', () => {
  test('004.7 shows what is unread on every device until one of them reads it, and tells of each once', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const [phone, laptop] = [clientOf(patient), clientOf(patient)]
    const views = [phone, laptop].map(client => {
      const view = new NotificationsTestView()
      cleanUp(openNotifications(client, view))
      return view
    })
    // Until both devices follow.
    const input = { userIds: [patient.id], title: 'Welcome' }
    while (views.some(({ alerts }) => alerts.all.length === 0)) await given.admin.request(NOTIFY, { input })
    await phone.mutate({ mutation: MarkNotificationsReadDocument })
    for (const view of views) await view.shows(shown => shown.length === 0)

    await professional.send(conversationId)
    for (const view of views) await view.shows(([told]) => told?.conversation?.id === conversationId)
    for (const { alerts } of views) await alerts.shows(({ kind, urgent }) => kind === 'MESSAGE' && !urgent)
    await phone.mutate({ mutation: MarkReadDocument, variables: { input: { conversationId } } })
    for (const view of views) await view.shows(shown => shown.length === 0)

    await professional.send(conversationId)
    const [told] = await (views[1] ?? new NotificationsTestView()).shows(shown => shown.length === 1)
    await laptop.query({ query: UnreadCountsDocument })
    const variables = { input: { ids: [told?.id ?? ''] } }
    const { data } = await laptop.mutate({ mutation: MarkNotificationsReadDocument, variables })
    expect(data?.markNotificationsRead?.notifications).toMatchObject([{ id: told?.id, readAt: expect.any(String) }])
    expect(laptop.readQuery({ query: UnreadCountsDocument })?.unreadCounts.notifications).toBe(0)
    await views[0]?.shows(shown => shown.length === 0)
    for (const { alerts } of views) {
      expect(alerts.all.filter(({ kind }) => kind === 'MESSAGE')).toHaveLength(2)
      expect(new Set(alerts.all.map(({ id }) => id)).size).toBe(alerts.all.length)
    }
  })
})

describe('004.7 Apollo Client: emergencies', () => {
  const open = (client: Client, pollMs?: number) => {
    const view = new TestView<MessagePartsFragment[]>()
    cleanUp(openEmergencies(client, view, pollMs))
    return view
  }
  const acknowledge = (client: Client, messageId: string) =>
    client.mutate({ mutation: AcknowledgeEmergencyDocument, variables: { input: { messageId } } })

  test('004.7 shows one at once, and takes it away once it is acknowledged', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const client = clientOf(professional)
    const view = open(client)
    // Takes no part.
    const other = open(clientOf(given.admin), 100)
    await view.shows(shown => shown.length === 0)
    const input = { conversationId, body: 'I cannot breathe', emergency: true }
    const sent = await clientOf(patient).mutate({ mutation: SendMessageDocument, variables: { input } })
    const { id = '' } = sent.data?.sendMessage?.message ?? {}
    await view.shows(([first]) => first?.id === id && first.body === 'I cannot breathe')
    await other.shows(shown => shown.some(message => message.id === id && message.body === null && !message.deletedAt))
    const own = await acknowledge(clientOf(patient), id).catch(explainError)
    expect(own).toBe('This is not open to you, or no longer.')
    const { data } = await acknowledge(client, id)
    expect(data?.acknowledgeEmergency?.message.emergency?.acknowledgedAt).toEqual(expect.any(String))
    await view.shows(shown => shown.length === 0)
    await other.shows(shown => shown.every(message => message.id !== id))
  })

  test('004.7 a message is flagged later as well', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const view = open(clientOf(professional))
    const { id: messageId } = await patient.send(conversationId)
    await clientOf(patient).mutate({ mutation: FlagEmergencyDocument, variables: { input: { messageId } } })
    await view.shows(([first]) => first?.id === messageId)
  })
})

describe('004.7 Apollo Client: the support desk', () => {
  test('004.7 a person writes to the desk, and any admin answers', async () => {
    const patient = await given.patient()
    const [client, admin] = [clientOf(patient), clientOf(given.admin)]
    const started = await client.mutate({ mutation: StartSupportDocument })
    const { id: conversationId = '', counterpart } = started.data?.startSupportConversation?.conversation ?? {}
    expect(counterpart).toBeNull()
    const desk = new TestView<ChatUsersQuery['chatUsers']['edges'][number]['node'][]>()
    cleanUp(openDesk(admin, desk))
    await desk.shows(shown => shown.some(({ id }) => id === patient.id))
    const room = new TestView<Room>()
    cleanUp(openRoom(client, conversationId, room))
    const messages = new TestView<MessagePartsFragment[]>()
    cleanUp(openConversation(client, conversationId, messages).close)

    const input = { conversationId, body: 'I cannot sign in' }
    const { data } = await client.mutate({ mutation: SendMessageDocument, variables: { input } })
    const message = data?.sendMessage?.message
    if (!message) throw new Error('It was not sent.')
    await desk.shows(([first]) => first?.id === patient.id && first.unreadCount === 1)
    await admin.mutate({ mutation: MarkReadDocument, variables: { input: { conversationId } } })
    await desk.shows(([first]) => first?.id === patient.id && first.unreadCount === 0)
    await room.shows(shown => deliveryStatus(message, shown) === 'READ')
    await admin.mutate({ mutation: SendMessageDocument, variables: { input: { conversationId, body: 'Try again' } } })
    await messages.shows(([, answer]) => answer?.body === 'Try again')
  })
})

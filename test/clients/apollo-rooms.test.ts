import { describe, expect, test } from '@jest/globals'
import { cleanUp } from '../support/cleanup.js'
import { make, type TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { deliveryStatus } from './delivery-status.js'
import { explainError } from './explain-error.js'
import { openConversation } from './open-conversation.js'
import { openInbox } from './open-inbox.js'
import { openRoom, type Room } from './open-room.js'
import {
  AddParticipantsDocument,
  CreateGroupDocument,
  DeleteMessageDocument,
  EditMessageDocument,
  LeaveGroupDocument,
  MarkDeliveredDocument,
  MarkReadDocument,
  ReceiptsDocument,
  RemoveParticipantsDocument,
  RestoreMessageDocument,
  RevisionsDocument,
  SendMessageDocument,
  SetConversationStatusDocument,
  SetParticipantPermissionsDocument,
  SetRolePermissionsDocument,
  ThreadDocument,
  UpdateConversationDocument,
  UpdateNotificationSettingsDocument,
  type ConversationPartsFragment,
  type MessagePartsFragment,
} from './operations.js'
import { readAround, searchMessages } from './search-messages.js'
import { type Client, clientsAt } from './test-client.js'
import { TestView } from './test-view.js'
import { toggleReaction } from './toggle-reaction.js'

const app = await startApp()
const given = make(app)
const clientOf = clientsAt(app)

const DELETE = 'mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { message { id } } }'

/** A professional, their client, and a group of theirs with a patient and another professional. */
const makeGroup = async () => {
  const { patient, professional } = await given.pair()
  const colleague = await given.professional()
  const client = clientOf(professional)
  const { data } = await client.mutate({
    mutation: CreateGroupDocument,
    variables: { input: { participantIds: [patient.id, colleague.id], title: 'Care team', tags: ['knee'] } },
  })
  return { patient, professional, colleague, client, conversationId: data?.createGroup?.conversation.id ?? '' }
}

const openRoomOf = (client: Client, conversationId: string) => {
  const view = new TestView<Room>()
  cleanUp(openRoom(client, conversationId, view))
  return view
}

const openMessages = (client: Client, conversationId: string) => {
  const view = new TestView<MessagePartsFragment[]>()
  cleanUp(openConversation(client, conversationId, view).close)
  return view
}

const idsOf = (people: { id: string }[]) => people.map(({ id }) => id).sort()
const peopleOf = ({ participants }: Room) => idsOf(participants.map(({ user }) => user))
const sendAs = async (client: Client, conversationId: string, body: string, more = {}) => {
  const variables = { input: { conversationId, body, ...more } }
  const { data } = await client.mutate({ mutation: SendMessageDocument, variables })
  if (!data?.sendMessage) throw new Error('It was not sent.')
  return data.sendMessage.message
}
const mark = (person: TestPerson, conversationId: string, kind: 'read' | 'delivered') =>
  clientOf(person).mutate({
    mutation: kind === 'read' ? MarkReadDocument : MarkDeliveredDocument,
    variables: { input: { conversationId } },
  })

describe('004.7 Apollo Client: rooms and groups', () => {
  test('004.7 shows who takes part, what it is called and what the viewer may do, and how that changes', async () => {
    const { patient, professional, colleague, client, conversationId } = await makeGroup()
    const room = openRoomOf(clientOf(patient), conversationId)
    const { conversation } = await room.shows(({ viewer }) => viewer?.canSend === true)
    expect(conversation).toMatchObject({ kind: 'GROUP', title: 'Care team', tags: ['knee'], roomType: 'GENERAL' })
    expect(peopleOf(await room.shows(() => true))).toEqual(idsOf([patient, professional, colleague]))

    const input = { conversationId, userIds: [colleague.id] }
    await client.mutate({ mutation: RemoveParticipantsDocument, variables: { input } })
    await room.shows(shown => peopleOf(shown).length === 2)
    await client.mutate({ mutation: AddParticipantsDocument, variables: { input } })
    await room.shows(shown => peopleOf(shown).length === 3)
    const update = { conversationId, title: 'Knee', roomType: 'THERAPY' as const }
    await client.mutate({ mutation: UpdateConversationDocument, variables: { input: update } })
    await room.shows(shown => shown.conversation.title === 'Knee' && shown.conversation.roomType === 'THERAPY')

    const role = { conversationId, role: 'PATIENT' as const, canSend: false }
    await client.mutate({ mutation: SetRolePermissionsDocument, variables: { input: role } })
    await room.shows(({ viewer }) => viewer?.canSend === false)
    const own = { conversationId, userId: patient.id, canSend: true }
    await client.mutate({ mutation: SetParticipantPermissionsDocument, variables: { input: own } })
    await room.shows(({ viewer }) => viewer?.canSend === true)
    const blocked = { conversationId, status: 'BLOCKED' as const }
    await client.mutate({ mutation: SetConversationStatusDocument, variables: { input: blocked } })
    await room.shows(shown => shown.conversation.status === 'BLOCKED' && shown.viewer?.canSend === false)
    const refused = await sendAs(clientOf(patient), conversationId, 'Hello').catch(explainError)
    expect(refused).toBe('This conversation takes no messages.')
  })

  test('004.7 tells who was removed that it is over, and keeps the settings of each for themselves', async () => {
    const { patient, client, conversationId } = await makeGroup()
    const own = clientOf(patient)
    const room = openRoomOf(own, conversationId)
    await room.shows(() => true)
    const inbox = new TestView<ConversationPartsFragment[]>()
    cleanUp(openInbox(own, inbox))
    await inbox.shows(([first]) => first?.title === 'Care team')
    const muted = { conversationId, mutedUntil: '2090-01-01T00:00:00.000Z' }
    const { data } = await own.mutate({ mutation: UpdateNotificationSettingsDocument, variables: { input: muted } })
    expect(data?.updateNotificationSettings?.conversation.viewer).toMatchObject({
      notificationsEnabled: true,
      mutedUntil: '2090-01-01T00:00:00.000Z',
    })
    const input = { conversationId, userIds: [patient.id] }
    await client.mutate({ mutation: RemoveParticipantsDocument, variables: { input } })
    expect(explainError(await room.failed)).toBe('This is not open to you, or no longer.')
    await inbox.shows(shown => shown.length === 0)
  })

  test('004.7 whoever leaves is answered so', async () => {
    const { patient, client, conversationId } = await makeGroup()
    await sendAs(client, conversationId, 'Hello')
    const input = { conversationId, userIds: [patient.id] }
    const { data } = await clientOf(patient).mutate({ mutation: LeaveGroupDocument, variables: { input } })
    expect(data?.removeParticipants?.conversation).toMatchObject({
      ...{ id: conversationId, title: 'Care team', tags: ['knee'] },
      ...{ viewer: null, lastMessage: null, unreadCount: 0 },
    })
  })

  test('004.7 an admin of the support desk gets their part with their first write', async () => {
    const user = await given.patient()
    const admin = await given.person(['ADMIN'])
    const START = 'mutation { startSupportConversation { conversation { id } } }'
    type Started = { startSupportConversation: { conversation: { id: string } } }
    const { id } = (await user.request<Started>(START)).startSupportConversation.conversation
    const client = clientOf(admin)
    const room = openRoomOf(client, id)
    await room.shows(({ viewer, participants }) => viewer === undefined && participants.length === 1)
    await sendAs(client, id, 'How can we help?')
    await room.shows(({ viewer }) => viewer?.user.id === admin.id && viewer.canSend)
  })

  test('004.7 reads anew when the viewer may see the history, and when they may not any more', async () => {
    const { patient, client, conversationId } = await makeGroup()
    await sendAs(client, conversationId, 'Before')
    const messages = openMessages(clientOf(patient), conversationId)
    await messages.shows(([first]) => first?.body === 'Before')
    const see = (canViewHistory: boolean) => {
      const input = { conversationId, userId: patient.id, canViewHistory }
      return client.mutate({ mutation: SetParticipantPermissionsDocument, variables: { input } })
    }
    await see(true)
    await see(false)
    await messages.shows(shown => shown.length === 0)
    await sendAs(client, conversationId, 'After')
    await messages.shows(([first]) => first?.body === 'After')
  })
})

describe('004.7 Apollo Client: receipts', () => {
  test('004.7 a message of a group is as far as who is furthest behind', async () => {
    const { patient, colleague, client, conversationId } = await makeGroup()
    const room = openRoomOf(client, conversationId)
    await room.shows(() => true)
    const message = await sendAs(client, conversationId, 'Hello')
    const reaches = (status: string) => room.shows(shown => deliveryStatus(message, shown) === status)
    await reaches('SENT')
    await mark(patient, conversationId, 'read')
    await mark(colleague, conversationId, 'delivered')
    await reaches('DELIVERED')
    const newcomer = await given.professional()
    const input = { conversationId, userIds: [newcomer.id] }
    await client.mutate({ mutation: AddParticipantsDocument, variables: { input } })
    await room.shows(shown => peopleOf(shown).length === 4 && deliveryStatus(message, shown) === 'DELIVERED')
    await mark(colleague, conversationId, 'read')
    await reaches('READ')
    const receipts = await client.query({ query: ReceiptsDocument, variables: { messageId: message.id } })
    expect(receipts.data?.message?.receipts).toHaveLength(2)
    expect(receipts.data?.message?.receipts).toMatchObject([{ status: 'READ' }, { status: 'READ' }])
  })
})

describe('004.7 Apollo Client: answers, edits and reactions', () => {
  test('004.7 shows what is answered, and reads the answers', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const client = clientOf(patient)
    const messages = openMessages(client, conversationId)
    const question = await professional.send(conversationId, 'How are you?')
    await sendAs(client, conversationId, 'Better', { replyToId: question.id })
    await messages.shows(([, answer]) => answer?.replyTo?.body === 'How are you?')
    await professional.request(DELETE, { input: { messageId: question.id } })
    await messages.shows(([, answer]) => answer?.replyTo?.body === null && answer.replyTo.deletedAt !== null)
    const thread = await client.query({ query: ThreadDocument, variables: { messageId: question.id } })
    expect(thread.data?.message?.replies.edges.map(({ node }) => node.body)).toEqual(['Better'])
  })

  test('004.7 edits, deletes and restores, and reads what a message said before', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const client = clientOf(patient)
    const messages = openMessages(clientOf(professional), conversationId)
    const { id: messageId } = await sendAs(client, conversationId, 'Helo')
    await client.mutate({ mutation: EditMessageDocument, variables: { input: { messageId, body: 'Hello' } } })
    await messages.shows(([message]) => message?.body === 'Hello' && message.editedAt !== null)
    const { data } = await client.query({ query: RevisionsDocument, variables: { messageId } })
    expect(data?.message?.revisions?.map(({ body }) => body)).toEqual(['Helo', 'Hello'])
    await client.mutate({ mutation: DeleteMessageDocument, variables: { input: { messageId } } })
    await messages.shows(([message]) => message?.body === null && message.deletedAt !== null)
    await client.mutate({ mutation: RestoreMessageDocument, variables: { input: { messageId } } })
    await messages.shows(([message]) => message?.body === 'Hello')
  })

  test('004.7 puts a reaction there and takes it back', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const client = clientOf(patient)
    const [own, others] = [client, clientOf(professional)].map(one => openMessages(one, conversationId))
    const { id } = await professional.send(conversationId, 'Hello')
    const message = ((await own?.shows(shown => shown.length === 1)) ?? [])[0]
    if (!message) throw new Error('There is no message.')
    const { data } = await toggleReaction(client, message, '❤️')
    expect(data).toMatchObject({ react: { message: { id, reactions: [{ emoji: '❤️', count: 1 }] } } })
    const [reacted] = (await own?.shows(([one]) => one?.reactions[0]?.viewerReacted === true)) ?? []
    await others?.shows(([one]) => one?.reactions[0]?.viewerReacted === false)
    if (reacted) await toggleReaction(client, reacted, '❤️')
    await others?.shows(([one]) => one?.reactions.length === 0)
  })
})

describe('004.7 Apollo Client: search', () => {
  test('004.7 finds a message, says why, and reads what stands around it', async () => {
    const { patient, professional, conversationId } = await given.talk()
    await given.messages(conversationId, [patient, professional], 3)
    await professional.send(conversationId, 'Your next appointment is on Monday')
    await given.messages(conversationId, [patient, professional], 2)
    const client = clientOf(patient)
    const { matches, loadMore } = await searchMessages(client, { query: 'appointment monday' })
    const [found, ...others] = matches
    if (!found) throw new Error('Nothing was found.')
    expect([others, loadMore]).toEqual([[], null])
    expect(found.excerpt.filter(({ match }) => match).map(({ text }) => text)).toEqual(['appointment', 'Monday'])
    const around = await readAround(client, found.message, 2)
    expect(around.map(({ seq }) => seq)).toEqual([2, 3, 4, 5, 6])
    expect((await searchMessages(client, { query: 'appoint' })).matches).toEqual([])
  })

  test('004.7 loads more of what was found, until there is no more', async () => {
    const { patient, conversationId } = await given.talk()
    for (let n = 1; n <= 5; n++) await patient.send(conversationId, `Dose ${n}`)
    let page = await searchMessages(clientOf(patient), { query: 'dose', conversationId, first: 2 })
    const found = [page.matches]
    while (page.loadMore) {
      page = await page.loadMore()
      found.push(page.matches)
    }
    const bodies = found.map(matches => matches.map(({ message }) => message.body))
    expect(bodies).toEqual([['Dose 5', 'Dose 4'], ['Dose 3', 'Dose 2'], ['Dose 1']])
  })
})

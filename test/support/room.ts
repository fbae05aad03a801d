import type { OpenConversation } from '../../src/conversations/conversation-writer.js'
import type { TestPerson, TestRole } from './make.js'
import type { TestApp } from './start-app.js'
import type { SocketClient } from './subscription-client.js'

const roleOf = ({ roles }: TestPerson): TestRole => roles[0] ?? 'PATIENT'

/** Conversations as no two people make them: by the server's own writer. */
export const rooms = ({ services: { writer } }: TestApp) => {
  const change = <T>(conversationId: string, work: (open: OpenConversation) => Promise<T>): Promise<T> =>
    writer.run(async writing => {
      const open = await writing.open(conversationId)
      if (!open) throw new Error('The conversation is gone.')
      return work(open)
    })

  /** The id of a GROUP of those people. */
  const group = async (...people: TestPerson[]): Promise<string> => {
    const participants = people.map(person => ({ userId: person.id, role: roleOf(person) }))
    const open = await writer.run(writing => writing.create({ kind: 'GROUP', title: 'A group', participants }))
    return open.conversation.id
  }

  /** The id of the SUPPORT conversation of that person. */
  const support = async (person: TestPerson): Promise<string> => {
    const participants = [{ userId: person.id, role: roleOf(person) }]
    const wanted = { kind: 'SUPPORT', supportUserId: person.id, participants } as const
    return (await writer.run(writing => writing.create(wanted))).conversation.id
  }

  const join = (conversationId: string, person: TestPerson) =>
    change(conversationId, open => open.addParticipants([{ userId: person.id, role: roleOf(person) }]))

  const leave = (conversationId: string, person: TestPerson) =>
    change(conversationId, open => open.updateParticipant(person.id, { leftAt: 'now' }))

  /** From now on they see all of it, or nothing that was before. */
  const showHistory = (conversationId: string, person: TestPerson, ownCanViewHistory: boolean) =>
    change(conversationId, open => open.updateParticipant(person.id, { ownCanViewHistory }))

  return { change, group, support, join, leave, showHistory }
}

/** Resolves once all of the socket's subscriptions have begun. */
export const begun = async (socket: SocketClient, count: number): Promise<void> => {
  const query = '{ connection { activeSubscriptions } }'
  for (;;) {
    const { connection } = await socket.request<{ connection: { activeSubscriptions: number } }>(query)
    if (connection.activeSubscriptions === count) return
  }
}

import { randomBytes } from 'node:crypto'
import { dataOf, postGraphql, type GraphqlAnswer, type Variables } from './graphql-client.js'
import { connectSocket, subscribeSse, type SocketOptions } from './subscription-client.js'
import { ADMIN_ID } from './template.mjs'
import { tokenFor } from './tokens.js'

export type TestRole = 'PATIENT' | 'PROFESSIONAL' | 'ADMIN'

export interface MadeMessage {
  id: string
  seq: number
  cursor: string
  body: string | null
  clientMessageId: string | null
  createdAt: string
}

/** Someone with a token, at one of the servers. */
export class TestPerson {
  constructor(
    private readonly server: { readonly url: string },
    readonly id: string,
    readonly displayName: string,
    readonly roles: TestRole[],
    readonly token = tokenFor(id, { roles }),
  ) {}

  /** The same person at another server. */
  at(server: { readonly url: string }): TestPerson {
    return new TestPerson(server, this.id, this.displayName, this.roles, this.token)
  }

  /** Errors and all. */
  ask<Data = Record<string, unknown>>(query: string, variables: Variables = {}): Promise<GraphqlAnswer<Data>> {
    return postGraphql<Data>(this.server.url, this.token, query, variables)
  }

  /** Fails on errors. */
  async request<Data>(query: string, variables: Variables = {}): Promise<Data> {
    return dataOf(await this.ask<Data>(query, variables))
  }

  connect(options?: SocketOptions) {
    return connectSocket(this.server.url, this.token, options)
  }

  sse<Data>(query: string, variables?: Variables) {
    return subscribeSse<Data>(this.server.url, this.token, query, variables)
  }

  async send(conversationId: string, body = 'Hello', input: Variables = {}): Promise<MadeMessage> {
    const { sendMessage } = await this.request<{ sendMessage: { message: MadeMessage } }>(
      `mutation ($input: SendMessageInput!) {
        sendMessage(input: $input) { message { id seq cursor body clientMessageId createdAt } }
      }`,
      { input: { conversationId, body, ...input } },
    )
    return sendMessage.message
  }
}

export interface PersonDetails {
  id?: string
  displayName?: string
  email?: string
  active?: boolean
}

/** Makes what a test needs through the API itself, as the admin of the host system. */
export const make = (server: { readonly url: string }) => {
  const admin = new TestPerson(server, ADMIN_ID, 'Test Admin', ['ADMIN'])

  const person = async (roles: TestRole[], details: PersonDetails = {}) => {
    const name = `${roles.join('-').toLowerCase()}-${randomBytes(4).toString('hex')}`
    const user = { id: name, displayName: `Name of ${name}`, roles, ...details }
    await admin.request('mutation ($input: UpsertUsersInput!) { upsertUsers(input: $input) { users { id } } }', {
      input: { users: [user] },
    })
    return new TestPerson(server, user.id, user.displayName, roles)
  }
  const patient = (details?: PersonDetails) => person(['PATIENT'], details)
  const professional = (details?: PersonDetails) => person(['PROFESSIONAL'], details)

  const care = async (patient: { id: string }, professional: { id: string }, active = true) => {
    await admin.request(
      'mutation ($input: CareRelationshipInput!) { setCareRelationship(input: $input) { careRelationship { id } } }',
      { input: { patientId: patient.id, professionalId: professional.id, active } },
    )
  }

  /** The id of their DIRECT conversation. */
  const conversation = async (starter: TestPerson, other: { id: string }): Promise<string> => {
    const { startConversation } = await starter.request<{ startConversation: { conversation: { id: string } } }>(
      'mutation ($input: StartConversationInput!) { startConversation(input: $input) { conversation { id } } }',
      { input: { userId: other.id } },
    )
    return startConversation.conversation.id
  }

  /** A patient and a professional who may talk. */
  const pair = async () => {
    const people = { patient: await patient(), professional: await professional() }
    await care(people.patient, people.professional)
    return people
  }

  /** A patient and a professional, and their conversation, which has no message yet. */
  const talk = async () => {
    const people = await pair()
    return { ...people, conversationId: await conversation(people.patient, people.professional) }
  }

  /** One after the other, "1", "2", …, by the senders in turn. */
  const messages = async (conversationId: string, senders: TestPerson[], count: number): Promise<MadeMessage[]> => {
    const sent: MadeMessage[] = []
    while (sent.length < count) {
      const sender = senders[sent.length % senders.length]
      if (!sender) throw new Error('Somebody has to send.')
      sent.push(await sender.send(conversationId, String(sent.length + 1)))
    }
    return sent
  }

  /** The id of the session. */
  const session = async (starter: TestPerson, other: { id: string }, type = 'CHAT'): Promise<string> => {
    const { createSession } = await starter.request<{ createSession: { session: { id: string } } }>(
      'mutation ($input: CreateSessionInput!) { createSession(input: $input) { session { id } } }',
      { input: { withUserId: other.id, type } },
    )
    return createSession.session.id
  }

  return { admin, person, patient, professional, care, conversation, pair, talk, messages, session }
}

import { randomUUID } from 'node:crypto'
import { type make, TestPerson } from './make.js'

type Side = 'patient' | 'professional'

interface Messages {
  kept: string
  /** To be deleted. */
  spare: string
  deleted: string
  /** Their clientMessageIds, which only their sender knows. */
  keys: string[]
}

/** A patient and a professional, and what there is between them, with all that others must not know of. */
export interface Talk {
  readonly patient: TestPerson
  readonly professional: TestPerson
  readonly emails: Record<Side, string>
  readonly conversationId: string
  /** What every message of it says, but those that are deleted. */
  readonly words: string
  readonly deletedWords: string
  readonly messages: Record<Side, Messages>
  /** Behind the first message, and behind the first event. */
  readonly messageCursor: string
  readonly eventCursor: string
  sessionId: string
  ended: boolean
}

const EDIT = 'mutation ($input: EditMessageInput!) { editMessage(input: $input) { message { id } } }'
const DELETE = 'mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { message { id } } }'
const REACT = 'mutation ($input: ReactionInput!) { react(input: $input) { message { id } } }'
const SIGNAL = 'mutation ($input: SignalInput!) { sendSignal(input: $input) { recipients } }'
const TYPE = 'mutation ($input: SetTypingInput!) { setTyping(input: $input) { typing { isTyping } } }'
const MARK = 'mutation ($input: MarkInput!) { markRead(input: $input) { participant { id } } }'
const START = 'mutation ($input: CreateSessionInput!) { createSession(input: $input) { session { id } } }'
const END = 'mutation ($input: EndSessionInput!) { endSession(input: $input) { session { id } } }'
const ACTIVE = 'query ($id: ID!) { conversation(id: $id) { activeSession { id } } }'
const CURSORS = 'query ($id: ID!) { history(conversationId: $id, first: 1) { edges { cursor } eventCursor } }'

const makeMessages = async (sender: TestPerson, conversationId: string, words: string, deletedWords: string) => {
  const keys: string[] = []
  const send = async (body: string) => {
    const clientMessageId = randomUUID()
    keys.push(clientMessageId)
    return (await sender.send(conversationId, body, { clientMessageId })).id
  }
  const messages = { kept: await send(words), spare: await send(words), deleted: await send(deletedWords), keys }
  await sender.request(DELETE, { input: { messageId: messages.deleted } })
  return messages
}

const reactTo = (person: TestPerson, messageId: string) => person.request(REACT, { input: { messageId, emoji: '👍' } })

const readCursors = async (reader: TestPerson, id: string) => {
  const { history } = await reader.request<{ history: { edges: { cursor: string }[]; eventCursor: string } }>(CURSORS, {
    id,
  })
  return { messageCursor: history.edges[0]?.cursor ?? '', eventCursor: history.eventCursor }
}

export const makeTalk = async (given: ReturnType<typeof make>): Promise<Talk> => {
  const emails = { patient: `${randomUUID()}@example.org`, professional: `${randomUUID()}@example.org` }
  const patient = await given.patient({ email: emails.patient })
  const professional = await given.professional({ email: emails.professional })
  await given.care(patient, professional)
  const conversationId = await given.conversation(patient, professional)
  const words = `Confidential ${randomUUID()}`
  const deletedWords = `Regretted ${randomUUID()}`
  const messages = {
    patient: await makeMessages(patient, conversationId, words, deletedWords),
    professional: await makeMessages(professional, conversationId, words, deletedWords),
  }
  await reactTo(professional, messages.patient.kept)
  await reactTo(patient, messages.professional.kept)
  const cursors = await readCursors(patient, conversationId)
  const sessionId = await startSession({ patient, conversationId })
  return {
    ...{ patient, professional, emails, conversationId, words, deletedWords, messages, sessionId },
    ...cursors,
    ended: false,
  }
}

/** The names and addresses of the two people. */
export const personalOf = ({ patient, professional, emails }: Talk): string[] => [
  patient.displayName,
  professional.displayName,
  ...Object.values(emails),
]

/** What nobody but they may find, who is a person or not. */
export const confidentialOf = ({ conversationId, words, deletedWords, messages }: Talk): string[] => [
  conversationId,
  words,
  deletedWords,
  ...Object.values(messages).flatMap(({ keys, ...ids }) => [...keys, ...Object.values(ids)]),
]

/** What one of the two must not find: the patient no address, and neither what the other alone knows, or nobody. */
export const hiddenFrom = (side: Side, { emails, deletedWords, messages }: Talk): string[] =>
  side === 'patient'
    ? [emails.professional, deletedWords, ...messages.professional.keys]
    : [deletedWords, ...messages.patient.keys]

/** Ids and cursors as those of a talk, but of nothing that exists. */
export const inventTalk = (
  talk: Talk,
  cursorsOf: (id: string) => Pick<Talk, 'messageCursor' | 'eventCursor'>,
): Talk => {
  const conversationId = randomUUID()
  const nobody = (person: TestPerson) => new TestPerson({ url: '' }, randomUUID(), 'Nobody', person.roles, '')
  const messages = () => ({ kept: randomUUID(), spare: randomUUID(), deleted: randomUUID(), keys: [] })
  return {
    ...talk,
    patient: nobody(talk.patient),
    professional: nobody(talk.professional),
    conversationId,
    sessionId: randomUUID(),
    messages: { patient: messages(), professional: messages() },
    ...cursorsOf(conversationId),
    ended: true,
  }
}

const startSession = async ({ patient, conversationId }: Pick<Talk, 'patient' | 'conversationId'>) => {
  const input = { conversationId, type: 'VIDEO' }
  const { createSession } = await patient.request<{ createSession: { session: { id: string } } }>(START, { input })
  return createSession.session.id
}

const activeSession = async ({ patient, conversationId }: Talk) => {
  const { conversation } = await patient.request<{ conversation: { activeSession: { id: string } | null } }>(ACTIVE, {
    id: conversationId,
  })
  return conversation.activeSession?.id
}

/** Nothing can begin in a talk that has ended: it is left as it is. */
export const withoutSession = async (talk: Talk): Promise<void> => {
  const sessionId = talk.ended ? undefined : await activeSession(talk)
  if (sessionId !== undefined) await talk.patient.request(END, { input: { sessionId } })
}

export const withSession = async (talk: Talk): Promise<void> => {
  if (!talk.ended) talk.sessionId = (await activeSession(talk)) ?? (await startSession(talk))
}

/** Those are deleted that are there for it. */
export const withoutSpares = async ({ patient, professional, messages }: Talk): Promise<void> => {
  await patient.request(DELETE, { input: { messageId: messages.patient.spare } })
  await professional.request(DELETE, { input: { messageId: messages.professional.spare } })
}

/** Something of everything that subscriptions tell of happens, by both. */
export const stir = async (talk: Talk): Promise<void> => {
  const { conversationId, patient, professional, words } = talk
  await withSession(talk)
  for (const [one, other] of [
    [patient, professional],
    [professional, patient],
  ] as const) {
    for (const isTyping of [false, true]) await one.request(TYPE, { input: { conversationId, isTyping } })
    const { id } = await one.send(conversationId, words)
    await reactTo(other, id)
    await one.request(EDIT, { input: { messageId: id, body: `${words}, changed` } })
    await other.request(MARK, { input: { conversationId } })
    await one.request(SIGNAL, { input: { sessionId: talk.sessionId, kind: 'OFFER', payload: words } })
  }
  await withoutSession(talk)
}

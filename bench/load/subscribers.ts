import type { Conversation, Person } from '../world.js'
import { GraphqlSocket } from './graphql-socket.js'
import { added, isComplete, subscribeFrame } from './operations.js'
import type { Reads } from './raw-socket.js'

/** Opened so many at a time, so that no server is flooded before it is measured. */
const AT_ONCE = 50
const SUBSCRIPTION = 'd'
const HEAD = `{"id":"${SUBSCRIPTION}",`

/** A person on a socket of their own who follows a conversation. */
export interface Subscriber {
  conversation: Conversation
  person: Person
  socket: GraphqlSocket
  /** What was delivered, in the order of its arrival. */
  numbers: number[]
  seqs: number[]
}

export interface Heard {
  delivered(subscriber: Subscriber, frame: string): void
  answered(frame: string): void
}

const subscribe = async (
  address: string,
  reads: Reads,
  conversation: Conversation,
  person: Person,
  heard: Heard,
): Promise<Subscriber> => {
  const socket = await GraphqlSocket.open(address, person, reads)
  const subscriber: Subscriber = { conversation, person, socket, numbers: [], seqs: [] }
  socket.onFrame = frame => {
    if (frame.startsWith(HEAD)) {
      if (!frame.startsWith('"type":"next"', HEAD.length)) throw new Error(`A subscription ended: ${frame}`)
      heard.delivered(subscriber, frame)
    } else if (!isComplete(frame)) heard.answered(frame)
  }
  socket.send(subscribeFrame(SUBSCRIPTION, added({ conversationId: conversation.id })))
  return subscriber
}

export const subscribeAll = async (
  address: string,
  reads: Reads,
  conversations: Conversation[],
  heard: Heard,
): Promise<Subscriber[]> => {
  const all = conversations.flatMap(conversation => conversation.people.map(person => ({ conversation, person })))
  const subscribers: Subscriber[] = []
  for (let at = 0; at < all.length; at += AT_ONCE)
    subscribers.push(
      ...(await Promise.all(
        all
          .slice(at, at + AT_ONCE)
          .map(({ conversation, person }) => subscribe(address, reads, conversation, person, heard)),
      )),
    )
  return subscribers
}

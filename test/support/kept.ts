import { expect } from '@jest/globals'
import pg from 'pg'
import type { Follow, Sent } from './resuming-client.js'

interface Stored {
  id: string
  conversationId: string
  seq: number
  rev: number
  key: string
}

interface Head {
  id: string
  seq: number
  rev: number
  highest: number
}

const MESSAGES = `
  select id, conversation_id as "conversationId", seq, rev::int, client_message_id as key
  from messages where conversation_id = any($1) order by conversation_id, seq`
/** `highest`: the newest rev of anything in the conversation. */
const HEADS = `
  select c.id, c.seq, c.rev::int, greatest(
    c.own_rev,
    (select max(rev) from messages m where m.conversation_id = c.id),
    (select max(rev) from participants p where p.conversation_id = c.id))::int as highest
  from conversations c where id = any($1)`

const read = async (databaseUrl: string, ids: string[]) => {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    const messages = (await client.query<Stored>(MESSAGES, [ids])).rows
    return { messages, heads: (await client.query<Head>(HEADS, [ids])).rows }
  } finally {
    await client.end()
  }
}

const groupBy = <T extends { conversationId: string }>(items: T[]) => {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(item.conversationId, [...(groups.get(item.conversationId) ?? []), item])
  return groups
}

const without = (items: string[], others: string[]) => {
  const known = new Set(others)
  return items.filter(item => !known.has(item))
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

/** In these conversations: what was acknowledged is stored, once; nothing else is; all counters agree. Gives what is stored. */
export const expectStoredOnce = async (databaseUrl: string, sent: Sent[]): Promise<Map<string, Stored[]>> => {
  const ids = [...new Set(sent.map(message => message.conversationId))]
  const { messages, heads } = await read(databaseUrl, ids)
  const summary = ({ conversationId, seq, key, id }: Sent) => `${conversationId} ${seq} ${key} ${id}`
  const kept = messages.map(summary)
  expect({ lost: without(sent.map(summary), kept), unknown: without(kept, sent.map(summary)) }).toEqual({
    lost: [],
    unknown: [],
  })
  expect(kept).toHaveLength(sent.length)
  expect(heads).toHaveLength(ids.length)
  const stored = groupBy(messages)
  for (const { id, seq, rev, highest } of heads) {
    const own = stored.get(id) ?? []
    expect({ id, numbers: own.map(message => message.seq), rev }).toEqual({ id, numbers: upTo(seq), rev: highest })
    // Sending is all that happened since the first message: each took the next rev.
    const first = own[0]?.rev ?? 0
    expect(own.map(message => message.rev - first + 1)).toEqual(upTo(seq))
  }
  return stored
}

/** Each follower was given each message once, in order. */
export const expectDeliveredOnce = (stored: Map<string, Stored[]>, follows: Follow[]): void => {
  for (const { from, messages, surprises } of follows) {
    expect(surprises).toEqual([])
    for (const [id, own] of groupBy(messages)) {
      const first = from?.seq ?? own[0]?.seq ?? 0
      expect(own.map(message => `${message.seq} ${message.id}`)).toEqual(
        (stored.get(id) ?? []).filter(message => message.seq >= first).map(message => `${message.seq} ${message.id}`),
      )
    }
  }
}

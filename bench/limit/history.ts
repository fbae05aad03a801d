import type pg from 'pg'
import { messageJson } from './group-commit.js'
import type { People } from './people.js'
import { asText } from './raw-values.js'

const PAGE = `select id, seq, body, created_at, sender_id from messages
  where conversation_id = $1 and seq < $2 order by seq desc limit $3`
const NEWEST = 2_147_483_647

type Row = [id: string, seq: string, body: string, at: string, senderId: string]

/** A page of messages as JSON, oldest to newest. A cursor is the number of a message. */
export const readHistory = async (
  { pool, people }: { pool: pg.Pool; people: People },
  conversationId: string,
  before: string | null | undefined,
  limit: number,
): Promise<string> => {
  const values = [conversationId, before ?? NEWEST, limit]
  const query = { name: 'page', text: PAGE, values, rowMode: 'array' as const, types: asText }
  const { rows } = await pool.query<Row>(query)
  const edges: string[] = []
  for (const [id, seq, body, at, senderId] of rows.reverse()) {
    const sender = people.known(senderId) ?? (await people.byId(senderId))
    edges.push(`{"cursor":"${seq}","node":${messageJson(id, seq, body, at, sender.json)}}`)
  }
  const first = rows[0]?.[1] ?? ''
  const pageInfo = `{"hasPreviousPage":${Number(first) > 1},"startCursor":"${first}"}`
  return `{"edges":[${edges.join(',')}],"pageInfo":${pageInfo}}`
}

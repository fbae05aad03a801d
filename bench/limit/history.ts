import type pg from 'pg'
import { messageJson } from './group-commit.js'
import { asText } from './raw-values.js'

const PAGE = `select m.id, m.seq, m.body, m.created_at, u.id, u.display_name
  from messages m join users u on u.id = m.sender_id
  where m.conversation_id = $1 and m.seq < $2 order by m.seq desc limit $3`
const NEWEST = 2_147_483_647

type Row = [id: string, seq: string, body: string, at: string, senderId: string, senderName: string]

/** A page of messages as JSON, oldest to newest. A cursor is the number of a message. */
export const readHistory = async (
  pool: pg.Pool,
  conversationId: string,
  before: string | null | undefined,
  limit: number,
): Promise<string> => {
  const values = [conversationId, before ?? NEWEST, limit]
  const query = { name: 'page', text: PAGE, values, rowMode: 'array' as const, types: asText }
  const { rows } = await pool.query<Row>(query)
  const edges = rows.reverse().map(([id, seq, body, at, senderId, name]) => {
    const sender = `{"id":"${senderId}","displayName":${JSON.stringify(name)}}`
    return `{"cursor":"${seq}","node":${messageJson(id, seq, body, at, sender)}}`
  })
  const first = rows[0]?.[1] ?? ''
  const pageInfo = `{"hasPreviousPage":${Number(first) > 1},"startCursor":"${first}"}`
  return `{"edges":[${edges.join(',')}],"pageInfo":${pageInfo}}`
}

import type { Transaction } from '../persistence/database.js'
import { queryWithin } from '../persistence/query.js'

const SQL = `
  select c.id from conversations c join participants p on p.conversation_id = c.id
   where c.kind = 'GROUP' and c.title = $1 and p.user_id = $2 limit 1`

/** The id of the group with that title that somebody takes part in. */
export const findGroup = async (tx: Transaction, title: string, userId: string): Promise<string | null> =>
  (await queryWithin<{ id: string }>(tx, SQL, [title, userId]))[0]?.id ?? null

import type { Transaction } from '../persistence/database.js'
import { queryWithin } from '../persistence/query.js'

const SQL = `update notifications set read_at = clock_timestamp()
  where user_id = $1 and message_id = $2::uuid and kind in ('EMERGENCY', 'EMERGENCY_ESCALATED') and read_at is null returning id`

/** Of the emergency that this message is, to this person. Whether there were any unread. */
export const readAlerts = async (tx: Transaction, userId: string, messageId: string): Promise<boolean> =>
  (await queryWithin(tx, SQL, [userId, messageId])).length > 0

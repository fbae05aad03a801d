import { randomUUID } from 'node:crypto'
import type { Transaction } from '../persistence/database.js'
import { queryWithin } from '../persistence/query.js'
import { CONVERSATION_COLUMNS, type ConversationRow } from './conversation-row.js'
import type { NewConversation } from './conversation-writer.js'
import { defaultHistoryRoles } from './history-permission.js'

const SQL = `
  insert into conversations as c (id, kind, patient_id, professional_id, support_user_id, room_type, title, description, tags,
    history_roles)
  values ($1::uuid, $2::"ConversationKind", $3, $4, $5, $6::"RoomType", $7, $8, $9::text[], $10::text[]::"Role"[])
  on conflict do nothing returning ${CONVERSATION_COLUMNS}`

const parametersOf = (wanted: NewConversation) => {
  const { kind } = wanted
  const pair = kind === 'DIRECT' ? [wanted.patientId, wanted.professionalId] : [null, null]
  const supportUserId = kind === 'SUPPORT' ? wanted.supportUserId : null
  const { roomType = 'GENERAL', title = null, description = null, tags = [] } = kind === 'GROUP' ? wanted : {}
  return [randomUUID(), kind, ...pair, supportUserId, roomType, title, description, tags, defaultHistoryRoles(kind)]
}

/** Undefined where the pair of a DIRECT conversation, or the user of a SUPPORT one, has one. */
export const insertConversation = async (
  tx: Transaction,
  wanted: NewConversation,
): Promise<ConversationRow | undefined> => (await queryWithin<ConversationRow>(tx, SQL, parametersOf(wanted)))[0]

/** Of participants: an admin's row at the support desk. It opens nothing by itself: who is an admin has the desk's part. */
const isDeskRow = (part: string) => `(${part}.role = 'ADMIN' and exists (
  select 1 from conversations desk where desk.id = ${part}.conversation_id and desk.kind = 'SUPPORT'))`

/** Of participants: they take part now. `asAdmin` is SQL for whether they come as an admin. */
export const isTaken = (part: string, asAdmin: string) =>
  `(${part}.left_at is null and (not ${isDeskRow(part)} or ${asAdmin}))`

/** Of conversations c: how far the desk, as its furthest admin, has read. */
export const deskRead = (conversation: string) => `(select coalesce(max(one.read_through), 0) from participants one
  where one.conversation_id = ${conversation} and one.role = 'ADMIN')`

export interface Whose {
  /** SQL for the person, and for whether they come as an admin. */
  userId: string
  asAdmin: string
  /** SQL for the only conversation that counts. */
  conversationId?: string
}

/** Of conversations: the person has the desk's part there, which is the same for each admin, whether they have a row or not. */
export const isAtDesk = (conversation: string, { userId, asAdmin }: Pick<Whose, 'userId' | 'asAdmin'>) =>
  `(${asAdmin} and ${conversation}.support_user_id is not null and ${conversation}.support_user_id <> ${userId})`

/**
 * What a person takes part in, as conversation-access has it: a relation of their own rows, and of the desk's part in every
 * SUPPORT conversation of somebody else.
 */
export const ownParts = ({ userId, asAdmin, conversationId }: Whose) => {
  const only = (column: string) => (conversationId === undefined ? '' : `and ${column} = ${conversationId}`)
  return `(
    select own.conversation_id, own.user_id, own.visible_from_seq, own.read_through, false as at_desk
      from participants own
     where own.user_id = ${userId} ${only('own.conversation_id')} and ${isTaken('own', 'false')}
    union all
    select desk.id, ${userId}::text, 1, ${deskRead('desk.id')}, true
      from conversations desk
     where ${isAtDesk('desk', { userId, asAdmin })} ${only('desk.id')})`
}

/** Of messages m, what the part p of the conversation c has not read. The desk has what its user wrote. */
export const UNREAD = `m.conversation_id = p.conversation_id
  and m.seq > greatest(p.read_through, p.visible_from_seq - 1, c.first_seq - 1)
  and m.sender_id is distinct from p.user_id and m.kind <> 'SYSTEM' and m.deleted_at is null
  and (not p.at_desk or m.sender_id = c.support_user_id)`

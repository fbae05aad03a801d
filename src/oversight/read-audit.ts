import { badInput } from '../errors.js'
import { isExternalId, isUuid, NIL_UUID } from '../limits/ids.js'
import { pageArgs, pagedForward, type Paged, type PageInput } from '../paging/page.js'
import type { Services } from '../services.js'
import type { AuditEvent } from './audit-event.js'

type Needs = Pick<Services, 'auditStore' | 'cursors'>

export interface AuditFilter {
  actorId?: string | null
  subjectUserId?: string | null
  conversationId?: string | null
  actions?: string[] | null
  accessGrantId?: string | null
  from?: Date | null
  to?: Date | null
}

const MAX_ACTIONS = 100

// What cannot be anyone's id is nobody's.
const person = (id: string | null | undefined) =>
  id === null || id === undefined || isExternalId(id) ? (id ?? null) : ''
const known = (id: string | null | undefined) =>
  id === null || id === undefined || isUuid(id) ? (id ?? null) : NIL_UUID

/** What happened, newest first. */
export const readAudit = async (
  needs: Needs,
  filter: AuditFilter | null | undefined,
  input: PageInput,
  knownActions: ReadonlySet<string>,
): Promise<Paged<AuditEvent>> => {
  const { actorId, subjectUserId, conversationId, actions, accessGrantId, from, to } = filter ?? {}
  if (actions && actions.length > MAX_ACTIONS) throw badInput('filter.actions', `At most ${MAX_ACTIONS} actions.`)
  // Not named: what is no action might be private.
  if (actions?.some(action => !knownActions.has(action)))
    throw badInput(
      'filter.actions',
      'An action is the name of a root field that is recorded, one of a subscription’s with `.end` behind it, or `readUnderGrant`.',
    )
  const { limit, cursor } = pageArgs(input)
  const before = cursor === null ? null : needs.cursors.readAudit(cursor)
  const found = await needs.auditStore.list({
    actorId: person(actorId),
    subjectUserId: person(subjectUserId),
    conversationId: known(conversationId),
    actions: actions ?? null,
    accessGrantId: known(accessGrantId),
    from: from ?? null,
    to: to ?? null,
    before,
    limit,
  })
  const cursorOf = ({ sequence }: AuditEvent) => needs.cursors.audit(sequence)
  return pagedForward({ found, limit, after: before, cursorOf })
}

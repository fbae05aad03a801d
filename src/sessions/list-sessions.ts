import { isUuid, NIL_UUID } from '../limits/ids.js'
import { pageArgs, paged, type Paged, type PageInput } from '../paging/page.js'
import type { Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import type { Session, SessionStatus, SessionType } from './session.js'

export interface SessionFilter {
  statuses?: SessionStatus[] | null
  types?: SessionType[] | null
  conversationId?: string | null
}

/** Those of the conversations that the viewer takes part in, newest first. */
export const listSessions = async (
  needs: Pick<Services, 'cursors' | 'sessions'>,
  viewer: Viewer,
  filter: SessionFilter | null | undefined,
  input: PageInput,
): Promise<Paged<Session>> => {
  const page = pageArgs(input)
  const { statuses, types } = filter ?? {}
  const conversationId = filter?.conversationId ?? null
  const { items, ...has } = await needs.sessions.list({
    viewer,
    conversationId: conversationId === null || isUuid(conversationId) ? conversationId : NIL_UUID,
    statuses: statuses ?? null,
    types: types ?? null,
    after: page.cursor === null ? null : needs.cursors.readList('sessions', page.cursor),
    limit: page.limit,
  })
  const cursorOf = ({ startedAt, id }: Session) => needs.cursors.list('sessions', { at: startedAt, id })
  return paged(items, cursorOf, has)
}

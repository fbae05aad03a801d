import { badInput, notFound } from '../errors.js'
import { isExternalId, isUuid, optionalExternalId } from '../limits/ids.js'
import { cleanText } from '../limits/text.js'
import { pageArgs, paged, type Paged, type PageInput } from '../paging/page.js'
import type { Asker } from '../people/person.js'
import type { Services } from '../services.js'
import type { AccessGrant, GrantFilter } from './access-grant.js'

const REASON = { min: 10, max: 500 }
const MINUTES = { least: 5, most: 240 }

export interface RequestAccessInput {
  subjectId: string
  reason: string
  minutes: number
}

/** Break-glass: the subject is told, in the same transaction. */
export const requestAccess = async (
  needs: Pick<Services, 'grants' | 'people' | 'writer'>,
  asker: Asker,
  { subjectId, reason: given, minutes }: RequestAccessInput,
): Promise<AccessGrant> => {
  const reason = cleanText('input.reason', given, REASON)
  if (minutes < MINUTES.least || minutes > MINUTES.most)
    throw badInput('input.minutes', `Access is given for ${MINUTES.least} to ${MINUTES.most} minutes.`)
  if (subjectId === asker.userId) throw badInput('input.subjectId', 'Your own data is open to you.')
  if (!isExternalId(subjectId) || !(await needs.people.find(subjectId))) throw notFound('user', 'input.subjectId')
  return needs.writer.run(async writing => {
    const grant = await needs.grants.insertWithin(writing.tx, { adminId: asker.userId, subjectId, reason, minutes })
    await writing.notify([{ userId: subjectId, kind: 'ACCESS_GRANTED', actorId: asker.userId }])
    if (asker.trail) asker.trail.about.accessGrantId = grant.id
    return grant
  }, asker)
}

/** Any admin ends it, and what is followed under it; one that is over stays as it was. */
export const endAccess = async (
  needs: Pick<Services, 'bus' | 'grants' | 'writer'>,
  asker: Asker,
  id: string,
): Promise<AccessGrant> => {
  const ended = await needs.writer.run(async writing => {
    const grant = isUuid(id) ? await needs.grants.endWithin(writing.tx, id) : null
    if (!grant) throw notFound('access grant', 'input.id')
    if (asker.trail) Object.assign(asker.trail.about, { subjectUserId: grant.subjectId, accessGrantId: grant.id })
    return grant
  }, asker)
  needs.bus.publish('user', ended.adminId, { kind: 'grants' })
  return ended
}

/** Who could look at whose data, and why. */
export const listAccessGrants = async (
  needs: Pick<Services, 'cursors' | 'grants'>,
  { subjectId, adminId, active }: GrantFilter,
  input: PageInput,
): Promise<Paged<AccessGrant>> => {
  const filter = {
    subjectId: optionalExternalId('subjectId', subjectId),
    adminId: optionalExternalId('adminId', adminId),
    active,
  }
  const { limit, cursor } = pageArgs(input)
  const after = cursor === null ? null : needs.cursors.readList('grants', cursor)
  const { items, ...has } = await needs.grants.list(filter, { after, limit })
  return paged(items, ({ grantedAt, id }) => needs.cursors.list('grants', { at: grantedAt, id }), has)
}

import { type About, type Action, type Rule, RULES, type Standing } from '../../src/conversations/conversation-rules.js'
import type { Request } from './access-requests.js'
import type { Caller, Scene } from './access-scenes.js'

const isAdmin = ({ person }: Caller) => person.roles.includes('ADMIN')

/** What is deleted is there for who deleted it. */
const sees = ({ status, setterId }: Scene, { as, person }: Caller) =>
  as !== undefined && (status !== 'DELETED' || setterId === person.id)

const STANDS: Record<Standing, (scene: Scene, caller: Caller, about: About) => boolean> = {
  PARTICIPANT: () => true,
  // Nobody here holds a grant.
  GRANTED: () => false,
  EITHER_SIDE: ({ kind }) => kind === 'DIRECT',
  PROFESSIONAL: ({ kind }, { as }) => kind === 'GROUP' && as === 'PROFESSIONAL',
  STAFF: ({ kind }, caller) => isAdmin(caller) || (caller.as === 'PROFESSIONAL' && kind !== 'SUPPORT'),
  ADMIN: (_, caller) => isAdmin(caller),
  SENDER: (_, { person }, { senderId }) => senderId === person.id,
  DELETER: (_, { person }, { deletedById }) => deletedById === person.id,
  STATUS_SETTER: ({ setterId }, { person }) => setterId === person.id,
  ANY_ADMIN: (_, caller) => isAdmin(caller),
  ADMIN_CALLED: (_, caller, { escalated }) => isAdmin(caller) && escalated === true,
}

/** All that speaks against it, by the table; any of it may be the answer. */
const refusalsOf = (action: Action, scene: Scene, caller: Caller, about: About): string[] => {
  const rule: Rule = RULES[action]
  const called = (['ANY_ADMIN', 'ADMIN_CALLED'] as const).some(
    standing => rule.who.includes(standing) && STANDS[standing](scene, caller, about),
  )
  if (!sees(scene, caller) && !called) return [isAdmin(caller) ? 'FORBIDDEN' : 'NOT_FOUND']
  const stands = called || rule.who.some(standing => STANDS[standing](scene, caller, about))
  return [
    ...(stands ? [] : ['FORBIDDEN']),
    ...(rule.notFlagger && about.flaggedById === caller.person.id ? ['FORBIDDEN'] : []),
    ...(rule.kinds && !rule.kinds.includes(scene.kind) ? ['FORBIDDEN'] : []),
    ...(rule.ofPresent && about.deleted ? ['CONFLICT MESSAGE_DELETED'] : []),
    ...(rule.inCare && scene.ended ? ['CONFLICT CARE_RELATIONSHIP_ENDED'] : []),
    ...(rule.statuses && !rule.statuses.includes(scene.status) ? ['CONFLICT CONVERSATION_NOT_ACTIVE'] : []),
    ...(rule.sends && caller.muted ? ['FORBIDDEN'] : []),
  ]
}

/** The outcomes that the table allows. */
export const expectedOutcomes = (request: Request, scene: Scene, caller: Caller): string[] => {
  if (request.needs && !request.needs.some(role => caller.person.roles.includes(role))) return ['FORBIDDEN']
  const about = request.about?.(scene, caller) ?? {}
  const refusals = request.actions(scene).flatMap(action => refusalsOf(action, scene, caller, about))
  if (request.lists) {
    const hidden = request.lists === 'PRESENT' && scene.status === 'DELETED'
    return [refusals.length === 0 && !hidden ? 'LISTED' : 'NOT LISTED']
  }
  // Live, it ends with the care.
  if (request.operation === 'subscription' && scene.ended && sees(scene, caller))
    return ['FORBIDDEN CARE_RELATIONSHIP_ENDED']
  return refusals.length === 0 ? ['OK'] : refusals
}

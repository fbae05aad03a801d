import { badInput, type DomainError, forbidden, notFound } from '../errors.js'
import type { Person, Role, Viewer } from '../people/person.js'

/** The viewer's role in a DIRECT conversation. */
export type DirectRole = 'PATIENT' | 'PROFESSIONAL'

/** What there is between the viewer, in one role, and somebody in the other. */
export interface Tie {
  /** Whether the care relationship is active; null where there never was one. */
  careActive: boolean | null
  conversationId: string | null
}

/** What decides how the viewer and somebody else talk to each other. */
export interface DirectFacts {
  other: Pick<Person, 'roles' | 'active'> | null
  as: Record<DirectRole, Tie>
}

export interface DirectRequest {
  viewer: Viewer
  userId: string
  asRole: Role | null
  /** The input that names `userId`. */
  field: string
}

const opposite = { PATIENT: 'PROFESSIONAL', PROFESSIONAL: 'PATIENT' } as const

/** In which roles the viewer could face the other, by what the two are. */
export const fittingRoles = ({ viewer, asRole }: DirectRequest, { other }: DirectFacts): DirectRole[] =>
  (['PATIENT', 'PROFESSIONAL'] as const).filter(
    role => viewer.roles.includes(role) && other?.roles.includes(opposite[role]) && (!asRole || asRole === role),
  )

/** The viewer's role towards the other: an active relationship goes before an open one, and that before one of the past. */
export const chooseRole = (request: DirectRequest, facts: DirectFacts, openCare: boolean): DirectRole | DomainError => {
  const { viewer, userId, field } = request
  if (userId === viewer.userId) return badInput(field, 'This is yourself.')
  if (!facts.other?.active) return notFound('user', field)
  const fitting = fittingRoles(request, facts)
  if (fitting.length === 0)
    return forbidden(request.asRole ? 'You cannot talk to them in this role.' : 'You are not patient and professional.')
  const ranks: ((tie: Tie) => boolean)[] = [
    tie => tie.careActive === true,
    tie => openCare && tie.careActive === null,
    tie => tie.careActive === false || tie.conversationId !== null,
  ]
  for (const rank of ranks) {
    const [role, another] = fitting.filter(role => rank(facts.as[role]))
    if (role && another) return badInput('input.asRole', 'Both are patient and professional: say as which you talk.')
    if (role) return role
  }
  return forbidden('There is no care relationship between you.')
}

/** The pair of the conversation in which the viewer has that role. */
export const pairOf = ({ viewer, userId }: DirectRequest, role: DirectRole) =>
  role === 'PATIENT'
    ? { patientId: viewer.userId, professionalId: userId }
    : { patientId: userId, professionalId: viewer.userId }

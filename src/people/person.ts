import type { AuditTrail, GrantedReads } from '../audit-trail.js'

export type Role = 'PATIENT' | 'PROFESSIONAL' | 'ADMIN'

/** In Unicode code points, as every length. */
export const MAX_DISPLAY_NAME = 200
export const MAX_EMAIL = 254

export interface Person {
  id: string
  displayName: string
  roles: Role[]
  email: string | null
  avatarUrl: string | null
  active: boolean
}

/** Who is calling. `roles` are those of the token that the directory confirms. */
export interface Viewer {
  readonly userId: string
  readonly roles: readonly Role[]
}

/** A viewer, and the request with which they ask: for the audit. */
export interface Asker extends Viewer {
  readonly requestId: string
  readonly trail?: AuditTrail | undefined
  readonly grantedReads?: GrantedReads | undefined
}

export const isAdmin = (viewer: Viewer) => viewer.roles.includes('ADMIN')

/** Whether they are less than they were. */
export const hasLostRole = (before: Viewer, now: Pick<Viewer, 'roles'>) =>
  before.roles.some(role => !now.roles.includes(role))

export interface CareRelationship {
  id: string
  patientId: string
  professionalId: string
  active: boolean
  since: Date
}

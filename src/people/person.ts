export type Role = 'PATIENT' | 'PROFESSIONAL' | 'ADMIN'

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

export const isAdmin = (viewer: Viewer) => viewer.roles.includes('ADMIN')

export interface CareRelationship {
  id: string
  patientId: string
  professionalId: string
  active: boolean
  since: Date
}

/** An admin's temporary, recorded right to read what they take no part in. */
export interface AccessGrant {
  id: string
  adminId: string
  subjectId: string
  reason: string
  grantedAt: Date
  expiresAt: Date
  endedAt: Date | null
}

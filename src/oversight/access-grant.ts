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

/** What is given has to hold together. */
export interface GrantFilter {
  /** Whose data. */
  subjectId?: string | null
  /** Who may read. */
  adminId?: string | null
  /** Whether it is held now. */
  active?: boolean | null
}

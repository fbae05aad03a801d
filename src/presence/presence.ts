export type SettablePresence = 'AVAILABLE' | 'BUSY' | 'AWAY'
export type PresenceStatus = SettablePresence | 'OFFLINE'

export interface Presence {
  userId: string
  /** True while at least one of the user's connections is alive, on any server process. */
  online: boolean
  /** OFFLINE whenever `online` is false, whatever was set before. */
  status: PresenceStatus
  /** When the user last went offline somewhere; null before the first time. */
  lastSeenAt: Date | null
  /** Whether new sessions may be opened with them; null for who is no professional. */
  acceptingSessions: boolean | null
}

/** What is told of someone of whom nothing may be known. */
export const absent = (userId: string): Presence => ({
  userId,
  online: false,
  status: 'OFFLINE',
  lastSeenAt: null,
  acceptingSessions: null,
})

/** Where `lastSeenAt` moves under a user who is still online elsewhere, nothing has changed for the others. */
export const samePresence = (one: Presence, other: Presence) =>
  one.online === other.online &&
  one.status === other.status &&
  one.acceptingSessions === other.acceptingSessions &&
  (one.online || one.lastSeenAt?.getTime() === other.lastSeenAt?.getTime())

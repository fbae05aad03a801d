import type { Person } from '../people/person.js'

export type DeliveryStatus = 'SENT' | 'DELIVERED' | 'READ'

/** How far a message has come with one of its recipients. */
export interface Receipt {
  user: Person
  status: DeliveryStatus
  /** By the first mark that reached it. */
  deliveredAt: Date | null
  readAt: Date | null
}

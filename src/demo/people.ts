import type { Role } from '../people/person.js'

export interface DemoPerson {
  id: string
  displayName: string
  roles: Role[]
}

export const ana: DemoPerson = { id: 'demo-ana', displayName: 'Ana Silva', roles: ['PATIENT'] }
export const ben: DemoPerson = { id: 'demo-ben', displayName: 'Ben Okafor', roles: ['PATIENT'] }
export const drChen: DemoPerson = { id: 'demo-dr-chen', displayName: 'Dr. Mei Chen', roles: ['PROFESSIONAL'] }
export const drDiaz: DemoPerson = { id: 'demo-dr-diaz', displayName: 'Dr. Luis Diaz', roles: ['PROFESSIONAL'] }
export const admin: DemoPerson = { id: 'demo-admin', displayName: 'Demo Admin', roles: ['ADMIN'] }

export const demoPeople = [ana, ben, drChen, drDiaz, admin]

export const demoCare = [
  { patientId: ana.id, professionalId: drChen.id },
  { patientId: ben.id, professionalId: drChen.id },
  { patientId: ben.id, professionalId: drDiaz.id },
]

export const demoConversation = [
  { from: ana, to: drChen, body: 'Good morning. The rash is back since yesterday, on the left arm.' },
  { from: drChen, to: ana, body: 'Good morning, Ana. Is it where it was last time, and does it itch?' },
  { from: ana, to: drChen, body: 'The same place, and only at night.' },
]

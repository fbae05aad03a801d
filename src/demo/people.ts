import type { CareRelationshipInput } from '../people/set-care-relationship.js'
import type { Role } from '../people/person.js'
import type { ProfileInput } from '../professionals/set-profile.js'

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

export const isOfDemo = (userId: string): boolean => demoPeople.some(({ id }) => id === userId)

export const demoCare: Omit<CareRelationshipInput, 'active'>[] = [
  { patientId: ana.id, professionalId: drChen.id },
  { patientId: ben.id, professionalId: drChen.id },
  { patientId: ben.id, professionalId: drDiaz.id },
]

/** What a minute costs, for the types of session that are offered. */
const ratesOf = (minor: { CHAT: number; VOICE: number; VIDEO: number }) => ({
  rates: (['CHAT', 'VOICE', 'VIDEO'] as const).map(type => ({
    type,
    perMinute: { amountMinor: minor[type], currency: 'EUR' },
  })),
})

export const demoProfiles: { of: DemoPerson; profile: ProfileInput }[] = [
  { of: drChen, profile: { specialty: 'Dermatology', ...ratesOf({ CHAT: 100, VOICE: 150, VIDEO: 200 }) } },
  { of: drDiaz, profile: { specialty: 'Physiotherapy', ...ratesOf({ CHAT: 80, VOICE: 120, VIDEO: 160 }) } },
]

/** In the wallets of those who pay for sessions. */
export const demoTopUps = [
  { userId: ben.id, amount: { amountMinor: 5_000, currency: 'EUR' }, reference: 'demo-ben' },
  { userId: ana.id, amount: { amountMinor: 10_000, currency: 'EUR' }, reference: 'demo-ana' },
]

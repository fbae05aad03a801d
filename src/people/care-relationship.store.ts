import type { Transaction } from '../persistence/database.js'
import { queryWithin } from '../persistence/query.js'
import type { CareRelationship } from './person.js'

const setSql = `
  insert into care_relationships (patient_id, professional_id, active)
  values ($1::text, $2::text, $3::boolean)
  on conflict (patient_id, professional_id) do update set
    since = case when care_relationships.active = excluded.active then care_relationships.since else now() end,
    active = excluded.active
  returning id, patient_id as "patientId", professional_id as "professionalId", active, since`

export class CareRelationshipStore {
  /** Under the lock of the patient's row. `since` moves only when `active` does. */
  async set(tx: Transaction, patientId: string, professionalId: string, active: boolean): Promise<CareRelationship> {
    const [stored] = await queryWithin<CareRelationship>(tx, setSql, [patientId, professionalId, active])
    if (!stored) throw new Error('The care relationship was not stored.')
    return stored
  }
}

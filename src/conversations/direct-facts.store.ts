import { isExternalId } from '../limits/ids.js'
import type { Role } from '../people/person.js'
import type { Database, Transaction } from '../persistence/database.js'
import { queryWithin } from '../persistence/query.js'
import type { DirectFacts } from './direct-pair.js'

interface DirectRow {
  roles: Role[]
  active: boolean
  patient_care: boolean | null
  patient_conversation: string | null
  professional_care: boolean | null
  professional_conversation: string | null
}

// $1 is the viewer, $2 the other; `patient_` is where the viewer is the patient.
const DIRECT_SQL = `
  select u.roles::text[] as roles, u.active, pr.active as patient_care, pc.id as patient_conversation,
    fr.active as professional_care, fc.id as professional_conversation
  from users u
  left join care_relationships pr on pr.patient_id = $1 and pr.professional_id = u.id
  left join conversations pc on pc.patient_id = $1 and pc.professional_id = u.id
  left join care_relationships fr on fr.patient_id = u.id and fr.professional_id = $1
  left join conversations fc on fc.patient_id = u.id and fc.professional_id = $1
  where u.id = $2`

export const findDirectFacts = async (
  database: Database,
  viewerId: string,
  otherId: string,
  tx?: Transaction,
): Promise<DirectFacts> => {
  const parameters = [viewerId, isExternalId(otherId) ? otherId : '']
  const [row] = tx
    ? await queryWithin<DirectRow>(tx, DIRECT_SQL, parameters)
    : await database.call<DirectRow>(DIRECT_SQL, parameters)
  return {
    other: row ? { roles: row.roles, active: row.active } : null,
    as: {
      PATIENT: { careActive: row?.patient_care ?? null, conversationId: row?.patient_conversation ?? null },
      PROFESSIONAL: {
        careActive: row?.professional_care ?? null,
        conversationId: row?.professional_conversation ?? null,
      },
    },
  }
}

import type { Database } from '../persistence/database.js'
import { nameAsType } from './file-name.js'
import type { FileClaim, Inspection } from './inspection.js'

const DEADLINE_MS = 5_000

// Whoever takes one has it for a while. What failed before comes behind what did not.
const CLAIM_SQL = `
  with due as materialized (
    select id from attachments where status = 'PROCESSING' and (inspected_until is null or inspected_until <= now())
    order by inspections, created_at limit 1 for no key update skip locked)
  update attachments a set inspections = a.inspections + 1, inspected_until = now() + $1::int * interval '1 ms'
  from due where a.id = due.id
  returning a.id, a.file_name as "fileName", a.media_type as "mediaType",
    a.size_bytes as "sizeBytes", a.inspections as attempt`

/** Still this attempt's. */
const OWN = `id = $1::uuid and status = 'PROCESSING' and inspections = $2`

const KEEP_SQL = `update attachments set inspected_until = now() + $3::int * interval '1 ms' where ${OWN} returning id`

const PUT_OFF_SQL = `
  update attachments set inspected_until = now() + $3::int * interval '1 ms',
    inspections = inspections - case when $4::boolean then 0 else 1 end
  where ${OWN}`

const READY_SQL = `
  update attachments set status = 'READY', media_type = $3, size_bytes = $4, sha256 = $5, width = $6, height = $7,
    duration_seconds = $8, has_thumbnail = $9, file_name = $10, inspected_until = null
  where ${OWN} returning id`

const REJECTED_SQL = `
  update attachments set status = 'REJECTED', rejection = $3::"AttachmentRejection", inspected_until = null
  where ${OWN} returning id`

const COUNT_DUE_SQL = `
  select count(*)::int as count from attachments
  where status = 'PROCESSING' and (inspected_until is null or inspected_until <= now())`

export interface InspectionClaim extends FileClaim {
  id: string
  /** Which one it is, those counted at which the process died. */
  attempt: number
}

interface PutOff {
  retryInMs: number
  /** Whether it counts against the file. */
  counts: boolean
}

/** What is to be inspected, and by whom. */
export class InspectionStore {
  constructor(private readonly database: Database) {}

  async claim(leaseMs: number): Promise<InspectionClaim | null> {
    return (await this.database.call<InspectionClaim>(CLAIM_SQL, [leaseMs], DEADLINE_MS))[0] ?? null
  }

  /** For another while. False where it is this attempt's no more. */
  keep({ id, attempt }: InspectionClaim, leaseMs: number): Promise<boolean> {
    return this.isDone(KEEP_SQL, [id, attempt, leaseMs])
  }

  /** False where it was this attempt's no more, and nothing was changed. */
  settle({ id, attempt, fileName }: InspectionClaim, inspection: Inspection): Promise<boolean> {
    if (inspection.verdict === 'REJECTED') return this.isDone(REJECTED_SQL, [id, attempt, inspection.rejection])
    const { mediaType, sizeBytes, sha256, width, height, durationSeconds, thumbnailPath } = inspection
    const name = nameAsType(fileName, mediaType)
    const found = [mediaType, sizeBytes, sha256, width, height, durationSeconds, thumbnailPath !== null, name]
    return this.isDone(READY_SQL, [id, attempt, ...found])
  }

  async putOff({ id, attempt }: InspectionClaim, { retryInMs, counts }: PutOff): Promise<void> {
    await this.database.call(PUT_OFF_SQL, [id, attempt, retryInMs, counts], DEADLINE_MS)
  }

  async exists(id: string): Promise<boolean> {
    return this.isDone('select id from attachments where id = $1::uuid', [id])
  }

  async countDue(): Promise<number> {
    return (await this.database.call<{ count: number }>(COUNT_DUE_SQL, [], DEADLINE_MS))[0]?.count ?? 0
  }

  private async isDone(sql: string, parameters: unknown[]): Promise<boolean> {
    return (await this.database.call(sql, parameters, DEADLINE_MS)).length > 0
  }
}

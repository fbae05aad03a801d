import type { Database } from '../persistence/database.js'
import type { UploadedFile } from './upload-storage.js'

/** Of an upload whose request died with its process, or is about to find out that it has lost the upload. */
export interface Abandoned extends UploadedFile {
  leaseId: string
}

const DEADLINE_MS = 5_000

const takeSql = `
  update attachments set lease_id = $2::uuid, leased_until = now() + $3::int * interval '1 ms', lease_wanted = false
   where id = $1::uuid and (leased_until is null or leased_until < now()) returning id`

const wantSql = `update attachments set lease_wanted = true where id = $1::uuid and lease_id is not null`

const renewSql = `
  update attachments set leased_until = now() + $3::int * interval '1 ms' where id = $1::uuid and lease_id = $2::uuid
  returning lease_wanted as wanted`

const releaseSql = `
  update attachments set lease_id = null, leased_until = null, lease_wanted = false
   where id = $1::uuid and lease_id = $2::uuid`

const abandonedSql = `
  select id, size_bytes as "sizeBytes", lease_id as "leaseId" from attachments
   where leased_until < now() and lease_id is not null order by leased_until limit 100`

/** Which request takes the bytes of which upload, over all processes. */
export class UploadLeaseStore {
  constructor(private readonly database: Database) {}

  /** Whether it is this one now. */
  async take(id: string, leaseId: string, holdsForMs: number): Promise<boolean> {
    return (await this.database.call(takeSql, [id, leaseId, holdsForMs], DEADLINE_MS)).length > 0
  }

  /** Whoever has it learns of it when they renew it. */
  async want(id: string): Promise<void> {
    await this.database.call(wantSql, [id], DEADLINE_MS)
  }

  /** Whether somebody else waits for it; null: it is lost. */
  async renew(id: string, leaseId: string, holdsForMs: number): Promise<boolean | null> {
    const [row] = await this.database.call<{ wanted: boolean }>(renewSql, [id, leaseId, holdsForMs], DEADLINE_MS)
    return row ? row.wanted : null
  }

  async release(id: string, leaseId: string): Promise<void> {
    await this.database.call(releaseSql, [id, leaseId], DEADLINE_MS)
  }

  abandoned(): Promise<Abandoned[]> {
    return this.database.call<Abandoned>(abandonedSql, [])
  }
}

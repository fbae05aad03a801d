import type pg from 'pg'
import type { Sender } from './group-commit.js'

/** Kept once they were read: no name changes here. */
export class People {
  readonly #byToken = new Map<string, Promise<Sender>>()
  readonly #byId = new Map<string, Sender>()

  constructor(private readonly pool: pg.Pool) {}

  /** Whom a token names; it is not verified here. */
  byToken(authorization: string): Promise<Sender> {
    const known = this.#byToken.get(authorization)
    if (known) return known
    const payload = Buffer.from(authorization.split('.')[1] ?? '', 'base64url').toString()
    const sender = this.byId((JSON.parse(payload) as { sub: string }).sub)
    this.#byToken.set(authorization, sender)
    return sender
  }

  known(id: string): Sender | undefined {
    return this.#byId.get(id)
  }

  async byId(id: string): Promise<Sender> {
    const sql = 'select display_name as name from users where id = $1'
    const { rows } = await this.pool.query<{ name: string }>(sql, [id])
    const sender = { id, json: JSON.stringify({ id, displayName: rows[0]?.name }) }
    this.#byId.set(id, sender)
    return sender
  }
}

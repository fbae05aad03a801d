import type pg from 'pg'
import type { Sender } from './group-commit.js'

/** Who a token names; it is not verified here. */
export class People {
  readonly #senders = new Map<string, Promise<Sender>>()

  constructor(private readonly pool: pg.Pool) {}

  of(authorization: string): Promise<Sender> {
    const known = this.#senders.get(authorization)
    if (known) return known
    const payload = Buffer.from(authorization.split('.')[1] ?? '', 'base64url').toString()
    const sender = this.#read((JSON.parse(payload) as { sub: string }).sub)
    this.#senders.set(authorization, sender)
    return sender
  }

  async #read(id: string): Promise<Sender> {
    const sql = 'select display_name as name from users where id = $1'
    const { rows } = await this.pool.query<{ name: string }>(sql, [id])
    return { id, json: JSON.stringify({ id, displayName: rows[0]?.name }) }
  }
}

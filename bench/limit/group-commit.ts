import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { asText, isoTime } from './raw-values.js'

export interface Sender {
  id: string
  /** As JSON. */
  json: string
}

export interface Outgoing {
  conversationId: string
  sender: Sender
  key: string
  body: string
  /** With the message as JSON. */
  stored(json: string): void
}

// The update locks the conversations.
const SEND = `
  with input as materialized (
    select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[]) with ordinality
      i(id, conv, sender, key, body, ord)),
  bumped as (
    update conversations c set seq = c.seq + i.n from (select conv, count(*)::int as n from input group by conv) i
    where c.id = i.conv returning c.id, c.seq - i.n as base)
  insert into messages (id, conversation_id, seq, sender_id, client_message_id, body, created_at)
  select i.id, i.conv, b.base + row_number() over (partition by i.conv order by i.ord), i.sender, i.key, i.body, now()
  from input i join bumped b on b.id = i.conv order by i.ord
  returning id, seq, created_at`

// Else the plan that is kept reads whole tables, which are small when it is made.
const PLANS = 'set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off'

// With all in one batch, the database and this process would wait for each other.
const MOST_AT_ONCE = 32

/** What arrives while a commit runs goes together in the next. */
export class GroupCommit {
  #waiting: Outgoing[] = []
  #busy = false

  private constructor(
    private readonly client: pg.Client,
    private readonly deliver: (conversationId: string, json: string) => void,
  ) {}

  static async open(url: string, deliver: (conversationId: string, json: string) => void): Promise<GroupCommit> {
    const client = new pg.Client(url)
    await client.connect()
    await client.query(PLANS)
    return new GroupCommit(client, deliver)
  }

  send(message: Outgoing): void {
    this.#waiting.push(message)
    if (!this.#busy) void this.#run()
  }

  async #run() {
    this.#busy = true
    let answer = () => {}
    while (this.#waiting.length > 0) {
      const stored = this.#commit(this.#waiting.splice(0, MOST_AT_ONCE))
      // While the database works on the next batch.
      answer()
      answer = await stored
    }
    this.#busy = false
    answer()
  }

  async #commit(batch: Outgoing[]) {
    const messages = new Map(batch.map(message => [randomUUID() as string, message]))
    const values = [
      [...messages.keys()],
      batch.map(({ conversationId }) => conversationId),
      batch.map(({ sender }) => sender.id),
      batch.map(({ key }) => key),
      batch.map(({ body }) => body),
    ]
    const query = { name: 'send', text: SEND, values, rowMode: 'array' as const, types: asText }
    const { rows } = await this.client.query<[string, string, string]>(query)
    return () => {
      for (const [id, seq, at] of rows) {
        const message = messages.get(id)!
        const json = messageJson(id, seq, message.body, at, message.sender.json)
        message.stored(json)
        this.deliver(message.conversationId, json)
      }
    }
  }
}

export const messageJson = (id: string, seq: string, body: string, at: string, sender: string): string =>
  `{"id":"${id}","seq":${seq},"body":${JSON.stringify(body)},"createdAt":"${isoTime(at)}","sender":${sender}}`

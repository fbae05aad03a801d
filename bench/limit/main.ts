import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { GroupCommit } from './group-commit.js'
import { createHttp } from './http.js'
import { People } from './people.js'
import { inUtc } from './raw-values.js'
import { Subscriptions } from './subscriptions.js'
import { serveWebSocket } from './websocket.js'

const READERS = 8

// What the same work costs at least: one process, nothing checked, nobody asked who they are.
const url = inUtc(process.env.DATABASE_URL ?? '')
const pool = new pg.Pool({ connectionString: url, max: READERS })
const subscriptions = new Subscriptions()
const commits = await GroupCommit.open(url, (conversationId, json) => subscriptions.deliver(conversationId, json))
const parts = { pool, people: new People(pool), commits, subscriptions }
const server = createHttp(parts)
serveWebSocket(server, parts)
server.listen(Number(process.env.PORT), '127.0.0.1', () => {
  process.stdout.write(`Listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
process.once('SIGTERM', () => process.exit(0))

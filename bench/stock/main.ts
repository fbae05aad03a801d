import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer'
import { expressMiddleware } from '@as-integrations/express5'
import { makeExecutableSchema } from '@graphql-tools/schema'
import { PrismaPg } from '@prisma/adapter-pg'
import express from 'express'
import { RedisPubSub } from 'graphql-redis-subscriptions'
import { useServer } from 'graphql-ws/use/ws'
import { Redis } from 'ioredis'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { PrismaClient } from '../../src/persistence/generated/client.js'
import { type Context, createResolvers } from './resolvers.js'
import { typeDefs } from './schema.js'

// How such a server is commonly written, with each part as it comes.
const { DATABASE_URL, REDIS_URL = '', PORT } = process.env
const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: DATABASE_URL }) })
const pubsub = new RedisPubSub({ publisher: new Redis(REDIS_URL), subscriber: new Redis(REDIS_URL) })
const schema = makeExecutableSchema({ typeDefs, resolvers: createResolvers(prisma, pubsub) })

/** Who a token names; it is not verified here. */
const contextOf = (authorization: unknown): Context => {
  const payload = typeof authorization === 'string' ? (authorization.split('.')[1] ?? '') : ''
  const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sub: string }
  return { userId: sub }
}

const app = express()
const server = createServer(app)
const sockets = new WebSocketServer({ server, path: '/graphql' })
useServer({ schema, context: ({ connectionParams }) => contextOf(connectionParams?.authorization) }, sockets)

const apollo = new ApolloServer<Context>({
  schema,
  plugins: [ApolloServerPluginDrainHttpServer({ httpServer: server })],
})
await apollo.start()
const context = async ({ req }: { req: express.Request }) => contextOf(req.headers.authorization)
app.use('/graphql', express.json(), expressMiddleware(apollo, { context }))

server.listen(Number(PORT), '127.0.0.1', () => {
  process.stdout.write(`Listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
process.once('SIGTERM', () => process.exit(0))

import { DateTimeResolver } from 'graphql-scalars'
import type { RedisPubSub } from 'graphql-redis-subscriptions'
import type { PrismaClient } from '../../src/persistence/generated/client.js'
import { readHistory, type SendInput, storeMessage } from './messages.js'

export interface Context {
  userId: string
}

const topicOf = (conversationId: string) => `messageAdded.${conversationId}`

// Prisma's numbers that JSON does not know are not told to anybody.
const plain = ({ id, seq, body, createdAt, sender }: Awaited<ReturnType<typeof storeMessage>>['message']) => ({
  ...{ id, seq, body, createdAt, sender },
})

export const createResolvers = (prisma: PrismaClient, pubsub: RedisPubSub) => ({
  DateTime: DateTimeResolver,
  Query: {
    history: (_: unknown, args: { conversationId: string; last: number; before?: string | null }) =>
      readHistory(prisma, args),
  },
  Mutation: {
    sendMessage: async (_: unknown, { input }: { input: SendInput }, { userId }: Context) => {
      const { message, isNew } = await storeMessage(prisma, userId, input)
      if (isNew) await pubsub.publish(topicOf(input.conversationId), { messageAdded: plain(message) })
      return { message }
    },
  },
  Subscription: {
    messageAdded: {
      subscribe: (_: unknown, { conversationId }: { conversationId: string }) =>
        pubsub.asyncIterator(topicOf(conversationId)),
    },
  },
})

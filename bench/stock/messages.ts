import { randomUUID } from 'node:crypto'
import type { PrismaClient } from '../../src/persistence/generated/client.js'

export interface SendInput {
  conversationId: string
  body: string
  clientMessageId: string
}

const LIMITS = { maxWait: 10_000, timeout: 10_000 }

const isRepeated = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'P2002'

/** Repeating a send with its key stores no second message. */
export const storeMessage = async (prisma: PrismaClient, senderId: string, input: SendInput) => {
  const { conversationId, body, clientMessageId } = input
  try {
    const message = await prisma.$transaction(async tx => {
      const { seq, rev } = await tx.conversation.update({
        where: { id: conversationId },
        data: { seq: { increment: 1 }, rev: { increment: 1 }, lastActivityAt: new Date() },
      })
      const given = { conversationId, senderId, body, clientMessageId }
      // The last ones are columns that the app's tables demand.
      const made = { id: randomUUID(), kind: 'TEXT' as const, rev, addedRev: rev, contentHash: '' }
      return tx.message.create({ data: { ...given, ...made, seq, createdAt: new Date() }, include: { sender: true } })
    }, LIMITS)
    return { message, isNew: true }
  } catch (error) {
    if (!isRepeated(error)) throw error
    const key = { conversationId_senderId_clientMessageId: { conversationId, senderId, clientMessageId } }
    return { message: await prisma.message.findUniqueOrThrow({ where: key, include: { sender: true } }), isNew: false }
  }
}

export const readHistory = async (
  prisma: PrismaClient,
  { conversationId, last, before }: { conversationId: string; last: number; before?: string | null },
) => {
  const found = await prisma.message.findMany({
    where: { conversationId, ...(before ? { seq: { lt: Number(before) } } : {}) },
    orderBy: { seq: 'desc' },
    take: last + 1,
    include: { sender: true },
  })
  const edges = found
    .slice(0, last)
    .reverse()
    .map(node => ({ cursor: String(node.seq), node }))
  const pageInfo = { hasPreviousPage: found.length > last, startCursor: edges[0]?.cursor ?? null }
  return { edges, pageInfo }
}

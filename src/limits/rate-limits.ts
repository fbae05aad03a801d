import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Redis } from 'ioredis'
import { rateLimited } from '../errors.js'
import { SharedCounter } from './shared-counter.js'

export type LimitedKind = 'messages' | 'starts' | 'signals' | 'uploads'
export type LimitsPerMinute = Record<`${LimitedKind}PerMinute`, number>

const WINDOW_SECONDS = 60
const REDIS_PATIENCE_MS = 250

interface Limiter {
  points: number
  shared: SharedCounter | null
  memory: RateLimiterMemory
}

const createLimiter = (kind: LimitedKind, points: number, redis: Redis | undefined): Limiter | null => {
  if (points === 0) return null
  const memory = new RateLimiterMemory({ points, duration: WINDOW_SECONDS })
  const shared = redis ? new SharedCounter(redis, `limit:${kind}`, WINDOW_SECONDS * 1000, REDIS_PATIENCE_MS) : null
  return { points, shared, memory }
}

/** How much a user may do in a minute: counted in Redis for all processes, or in memory while it does not answer. */
export class RateLimits {
  private readonly limiters: Record<LimitedKind, Limiter | null>

  constructor(limits: LimitsPerMinute, redis?: Redis) {
    this.limiters = {
      messages: createLimiter('messages', limits.messagesPerMinute, redis),
      starts: createLimiter('starts', limits.startsPerMinute, redis),
      signals: createLimiter('signals', limits.signalsPerMinute, redis),
      uploads: createLimiter('uploads', limits.uploadsPerMinute, redis),
    }
  }

  /** Throws RATE_LIMITED. */
  async consume(kind: LimitedKind, userId: string): Promise<void> {
    const limiter = this.limiters[kind]
    if (limiter === null) return
    const counted = await limiter.shared?.count(userId).catch(() => null)
    if (!counted) return consumeInMemory(limiter.memory, userId)
    if (counted.used > limiter.points) throw rateLimited(counted.msLeft)
  }
}

const consumeInMemory = async (memory: RateLimiterMemory, userId: string): Promise<void> => {
  try {
    await memory.consume(userId)
  } catch (error) {
    if (error instanceof RateLimiterRes) throw rateLimited(error.msBeforeNext)
    throw error
  }
}

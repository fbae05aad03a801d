import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { Redis } from 'ioredis'
import { rateLimited } from '../errors.js'
import { WriteBatch } from '../write-batch.js'

export type LimitedKind = 'messages' | 'starts'

const WINDOW_SECONDS = 60
const REDIS_PATIENCE_MS = 250

interface Limiters {
  shared: RateLimiterAbstract | null
  memory: RateLimiterMemory
}

const createLimiters = (kind: LimitedKind, points: number, redis: Redis | undefined): Limiters | null => {
  if (points === 0) return null
  const options = { keyPrefix: `limit:${kind}`, points, duration: WINDOW_SECONDS }
  const memory = new RateLimiterMemory(options)
  if (!redis) return { shared: null, memory }
  const shared = new RateLimiterRedis({
    ...options,
    storeClient: redis,
    insuranceLimiter: memory,
    rejectIfRedisNotReady: true,
    inMemoryBlockOnConsumed: points,
  })
  return { shared, memory }
}

const withinPatience = async (limiter: RateLimiterAbstract, fallback: RateLimiterAbstract, userId: string) => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>(resolve => {
    timer = setTimeout(() => resolve('late'), REDIS_PATIENCE_MS)
  })
  try {
    if ((await Promise.race([limiter.consume(userId), late])) === 'late') await fallback.consume(userId)
  } finally {
    clearTimeout(timer)
  }
}

/** How much a user may do in a minute: counted in Redis for all processes, or in memory while it does not answer. */
export class RateLimits {
  private readonly limiters: Record<LimitedKind, Limiters | null>

  private readonly writes = new WriteBatch()

  constructor(
    limits: { messagesPerMinute: number; startsPerMinute: number },
    private readonly redis?: Redis,
  ) {
    this.limiters = {
      messages: createLimiters('messages', limits.messagesPerMinute, redis),
      starts: createLimiters('starts', limits.startsPerMinute, redis),
    }
  }

  /** Throws RATE_LIMITED. */
  async consume(kind: LimitedKind, userId: string): Promise<void> {
    const limiters = this.limiters[kind]
    if (limiters === null) return
    try {
      if (this.redis?.status === 'ready') this.writes.join(this.redis.stream)
      if (limiters.shared) await withinPatience(limiters.shared, limiters.memory, userId)
      else await limiters.memory.consume(userId)
    } catch (error) {
      if (error instanceof RateLimiterRes) throw rateLimited(error.msBeforeNext)
      throw error
    }
  }
}

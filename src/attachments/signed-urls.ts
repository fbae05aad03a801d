import { createHmac, timingSafeEqual } from 'node:crypto'

/** What an address is for: one for the one serves nothing else. */
export type UrlPurpose = 'upload' | 'download' | 'thumbnail'

export interface SignedUse {
  purpose: UrlPurpose
  attachmentId: string
  /** Who may use it, and nobody else's rights count. */
  userId: string
  /** Counts in whole seconds. */
  expiresAt: Date
}

export type Verified = { kind: 'VALID'; userId: string } | { kind: 'EXPIRED' } | { kind: 'FORGED' }

const secondsOf = (date: Date) => Math.floor(date.getTime() / 1000)

/** Signs the addresses of files. Whether the person may still do it is for whoever serves the address to ask. */
export class UrlSigner {
  private readonly key: Buffer

  constructor(hexKey: string) {
    this.key = Buffer.from(hexKey, 'hex')
  }

  /** What comes behind the path, from the question mark on. */
  query(use: SignedUse): string {
    const expires = String(secondsOf(use.expiresAt))
    const signature = this.sign(use, expires)
    return `?${new URLSearchParams({ user: use.userId, expires, signature }).toString()}`
  }

  /** `query` is what came behind the path, whatever that is. */
  verify(purpose: UrlPurpose, attachmentId: string, query: Readonly<Record<string, unknown>>): Verified {
    const [userId, expires, signature] = [query.user, query.expires, query.signature]
    if (typeof userId !== 'string' || typeof expires !== 'string' || typeof signature !== 'string')
      return { kind: 'FORGED' }
    // As texts: one signature can be decoded from many, and an address is to be one.
    const given = Buffer.from(signature)
    const right = Buffer.from(this.sign({ purpose, attachmentId, userId }, expires))
    if (given.length !== right.length || !timingSafeEqual(given, right)) return { kind: 'FORGED' }
    return Number(expires) * 1000 <= Date.now() ? { kind: 'EXPIRED' } : { kind: 'VALID', userId }
  }

  private sign({ purpose, attachmentId, userId }: Omit<SignedUse, 'expiresAt'>, expires: string): string {
    const text = JSON.stringify([purpose, attachmentId, userId, expires])
    return createHmac('sha256', this.key).update(text).digest('base64url')
  }
}

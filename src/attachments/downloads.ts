import { LRUCache } from 'lru-cache'
import { type AuditAbout, type AuditOutcome, type AuditTrail, DOWNLOADED, GrantedReads } from '../audit-trail.js'
import type { Services } from '../services.js'
import type { Attachment } from './attachment.js'
import { isReadable } from './read-attachment.js'

type Needs = Pick<Services, 'audit' | 'conversations' | 'grants' | 'logger' | 'people' | 'sentAttachments'>

export interface DownloadTimings {
  /** How often it is asked anew, of what is under way, whether it still may be given out. */
  recheckMs: number
}

export const DOWNLOAD_TIMINGS: DownloadTimings = { recheckMs: 5_000 }

const REMEMBERED_LINKS = 10_000

/** An address that somebody was given, and came with. */
export interface Link {
  attachmentId: string
  /** Whom it was made for. */
  userId: string
  signature: string
  requestId: string
}

interface Judged {
  /** Null for who may not have it now. */
  attachment: Attachment | null
  about: AuditAbout
}

/** Who is given a file, as it is at that moment: whoever could see it when the address was made may not be able to any more. */
export class Downloads {
  /** One address is one event, in however many pieces a player fetches what is behind it. */
  private readonly recorded = new LRUCache<string, AuditOutcome>({ max: REMEMBERED_LINKS })

  constructor(
    private readonly needs: Needs,
    private readonly timings: DownloadTimings = DOWNLOAD_TIMINGS,
  ) {}

  /** Null where there is nothing for them. */
  async find(link: Link): Promise<Attachment | null> {
    const judged = await this.judge(link)
    if (judged) this.record(link, judged)
    return judged?.attachment ?? null
  }

  /** Runs `onLost` once they may not have it any more, until it is ended. */
  watch(link: Link, onLost: () => void): () => void {
    const look = async () => {
      if (!(await this.judge(link))?.attachment) onLost()
    }
    const failed = (error: unknown) => this.needs.logger.warn({ error }, 'Who may have a file could not be read')
    const timer = setInterval(() => void look().catch(failed), this.timings.recheckMs)
    return () => clearInterval(timer)
  }

  /** Null where there is no such thing, or no such person. */
  private async judge({ attachmentId, userId }: Link): Promise<Judged | null> {
    const asked = [this.needs.people.find(userId), this.needs.sentAttachments.find(attachmentId)] as const
    const [person, found] = await Promise.all(asked)
    if (!person || !found) return null
    const { attachment, message } = found
    const about: AuditAbout = { conversationId: attachment.conversationId, messageId: message?.id }
    const trail: AuditTrail = { action: DOWNLOADED, about, isWritten: false }
    const reader = { userId, roles: person.roles, trail, grantedReads: new GrantedReads(() => {}) }
    const may = person.active && attachment.status === 'READY' && (await isReadable(this.needs, reader, found))
    return { attachment: may ? attachment : null, about }
  }

  private record({ signature, userId, requestId }: Link, { attachment, about }: Judged): void {
    const outcome = attachment ? 'ALLOWED' : 'DENIED'
    if (this.recorded.get(signature) === outcome) return
    this.recorded.set(signature, outcome)
    this.needs.audit.record({ ...about, action: DOWNLOADED, outcome, actorId: userId, requestId })
  }
}

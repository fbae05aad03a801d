import type { EventBus, Unsubscribe } from '../events/event-bus.js'
import type { Logger } from '../logger.js'
import { RetryingTask } from '../retrying-task.js'
import type { AttachmentStore } from './attachment.store.js'
import type { Attachment } from './attachment.js'

interface Needs {
  store: Pick<AttachmentStore, 'findMany'>
  bus: Pick<EventBus, 'subscribe' | 'onInterrupted'>
  logger: Logger
}

/** Null: it is gone. */
type Listener = (attachment: Attachment | null) => void

interface Watched {
  readonly listeners: Set<Listener>
  readonly subscribed: Promise<Unsubscribe>
}

const CHECK_MS = 5_000

/** Tells how attachments stand that are followed here: when the bus says so, else by a look every few seconds, at all in one query. */
export class AttachmentWatch {
  private readonly watched = new Map<string, Watched>()
  private readonly due = new Set<string>()
  private readonly task: RetryingTask
  private timer: NodeJS.Timeout | undefined
  private readonly stopListening: Unsubscribe

  constructor(
    private readonly needs: Needs,
    private readonly checkMs = CHECK_MS,
  ) {
    this.task = new RetryingTask({
      work: () => this.readDue(),
      logger: needs.logger,
      failure: 'Attachments could not be read; they are read again.',
    })
    this.stopListening = needs.bus.onInterrupted(() => this.look(this.watched.keys()))
  }

  start(): void {
    this.timer = setInterval(() => this.look(this.watched.keys()), this.checkMs).unref()
  }

  /** The listener is told soon how it stands now, and may be told the same again. */
  async watch(id: string, listener: Listener): Promise<Unsubscribe> {
    const watched = this.watched.get(id) ?? this.open(id)
    watched.listeners.add(listener)
    // Signals first, then what there is: nothing falls between.
    await watched.subscribed
    this.look([id])
    return () => {
      if (watched.listeners.delete(listener) && watched.listeners.size === 0) this.close(id, watched)
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.timer)
    this.stopListening()
    for (const [id, watched] of this.watched) this.close(id, watched)
    await this.task.stop()
  }

  private open(id: string): Watched {
    const subscribed = this.needs.bus.subscribe('attachment', id, ({ kind }) => {
      if (kind === 'changed') this.look([id])
    })
    const watched = { listeners: new Set<Listener>(), subscribed }
    this.watched.set(id, watched)
    return watched
  }

  private close(id: string, watched: Watched): void {
    if (this.watched.get(id) === watched) this.watched.delete(id)
    watched.listeners.clear()
    void watched.subscribed.then(unsubscribe => unsubscribe())
  }

  private look(ids: Iterable<string>): void {
    for (const id of ids) this.due.add(id)
    if (this.due.size > 0) void this.task.request()
  }

  private async readDue(): Promise<void> {
    const ids = [...this.due]
    this.due.clear()
    try {
      const found = new Map((await this.needs.store.findMany(ids)).map(attachment => [attachment.id, attachment]))
      for (const id of ids)
        for (const listener of this.watched.get(id)?.listeners ?? []) listener(found.get(id) ?? null)
    } catch (error) {
      for (const id of ids) this.due.add(id)
      throw error
    }
  }
}

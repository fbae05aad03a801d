import type { Notification } from './notification.js'

/** What is pushed of a notification: ids and the title, and no text of a message. */
export type Push = Omit<Notification, 'readAt' | 'title'> & { title: string }

/** Brings notifications to where people are reached while they are away. */
export interface PushTransport {
  /** Resolves once the other side has taken it; rejects with a PushFailure, or when it is aborted. */
  deliver(push: Push, signal: AbortSignal): Promise<void>
}

/** Its message is kept for the operator: it holds nothing of what was pushed. */
export class PushFailure extends Error {}

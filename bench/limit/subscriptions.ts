import type { Outlet } from './outlet.js'

export interface Subscription {
  id: string
  outlet: Outlet
}

/** Who follows which conversation. */
export class Subscriptions {
  readonly #followers = new Map<string, Set<Subscription>>()

  add(conversationId: string, subscription: Subscription): () => void {
    const followers = this.#followers.get(conversationId) ?? new Set()
    this.#followers.set(conversationId, followers.add(subscription))
    return () => followers.delete(subscription)
  }

  /** The text of a frame is made once for all who gave their subscriptions the same id. */
  deliver(conversationId: string, message: string): void {
    let id: string | undefined
    let frame = ''
    for (const follower of this.#followers.get(conversationId) ?? []) {
      if (follower.id !== id) {
        id = follower.id
        frame = `{"id":"${id}","type":"next","payload":{"data":{"messageAdded":${message}}}}`
      }
      follower.outlet.send(frame)
    }
  }
}

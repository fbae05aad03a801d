import type { ChatClient } from './chat-client.js'
import type { ConversationView } from './conversation-view.js'
import type { ChatMessage } from './message-list.js'
import {
  AcknowledgeEmergencyDocument,
  DeleteMessageDocument,
  EditMessageDocument,
  FlagEmergencyDocument,
  MarkReadDocument,
  ReactDocument,
  RestoreMessageDocument,
  SetTypingDocument,
  UnreactDocument,
} from './operations.js'
import type { NewMessage, OutgoingMessage } from './outbox.js'

/** A start of typing counts for 6 s. */
const TYPING_AGAIN_MS = 4_000

/** What a person does in a conversation. Whatever changes a message is shown as everybody sees it: by its event. */
export class ConversationActions {
  #typingSince = -Infinity
  #marking: Promise<unknown> = Promise.resolve()
  #marked = 0

  constructor(
    private readonly client: ChatClient,
    private readonly conversationId: string,
    private readonly view: ConversationView,
  ) {}

  /** Into the outbox: it is shown at once. */
  readonly send = (message: string | NewMessage): OutgoingMessage => {
    this.setTyping(false)
    return this.client.outbox.send(this.conversationId, typeof message === 'string' ? { body: message } : message)
  }

  readonly edit = (messageId: string, body: string) =>
    this.client.mutate({ mutation: EditMessageDocument, variables: { input: { messageId, body } } })

  readonly remove = (messageId: string) =>
    this.client.mutate({ mutation: DeleteMessageDocument, variables: { input: { messageId } } })

  readonly restore = (messageId: string) =>
    this.client.mutate({ mutation: RestoreMessageDocument, variables: { input: { messageId } } })

  /** Alerts everyone else there. With `send` a message may be one from the beginning. */
  readonly flagEmergency = (messageId: string) =>
    this.client.mutate({ mutation: FlagEmergencyDocument, variables: { input: { messageId } } })

  /** By a professional or an admin who takes part: somebody sees to it. */
  readonly acknowledgeEmergency = (messageId: string) =>
    this.client.mutate({ mutation: AcknowledgeEmergencyDocument, variables: { input: { messageId } } })

  /** Puts the viewer's reaction there, or takes it back. */
  readonly toggleReaction = ({ id, reactions }: Pick<ChatMessage, 'id' | 'reactions'>, emoji: string) => {
    const isThere = reactions.some(group => group.emoji === emoji && group.viewerReacted)
    const variables = { input: { messageId: id, emoji } }
    return isThere
      ? this.client.mutate({ mutation: UnreactDocument, variables })
      : this.client.mutate({ mutation: ReactDocument, variables })
  }

  /** That message and all before it, or everything that is shown. What is read already asks nothing; a failure is made up for by the next. */
  readonly markRead = (message = this.view.state.get().messages.at(-1)): Promise<unknown> => {
    const { conversationId } = this
    const through = Math.max(this.#marked, this.view.state.get().viewer?.readThrough ?? 0)
    if (!message || message.seq <= through) return this.#marking
    const before = this.#marked
    this.#marked = message.seq
    const variables = { input: { conversationId, throughMessageId: message.id } }
    this.#marking = this.client.mutate({ mutation: MarkReadDocument, variables }).catch(() => {
      this.#marked = Math.min(this.#marked, before)
    })
    return this.#marking
  }

  /** With each key, say, and false when the text is gone: only what changes is told. */
  readonly setTyping = (isTyping: boolean): void => {
    const now = Date.now()
    if (isTyping ? now - this.#typingSince < TYPING_AGAIN_MS : this.#typingSince === -Infinity) return
    this.#typingSince = isTyping ? now : -Infinity
    const variables = { input: { conversationId: this.conversationId, isTyping } }
    // It is gone in six seconds anyway.
    this.client.mutate({ mutation: SetTypingDocument, variables }).catch(() => {})
  }
}

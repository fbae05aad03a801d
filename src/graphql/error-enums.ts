import { GraphQLEnumType } from 'graphql'
import type { ConflictReason as ConflictReasonName } from '../errors.js'

/** No field reaches these: the schema takes them as they are. */
const unreached = <Name extends string>(name: string, description: string, values: Record<Name, string>) =>
  new GraphQLEnumType({
    name,
    description,
    values: Object.fromEntries(Object.entries<string>(values).map(([key, text]) => [key, { description: text }])),
  })

export const ErrorCode = unreached(
  'ErrorCode',
  'The value of `extensions.code` on every error. Clients switch on it; messages are for people.',
  {
    UNAUTHENTICATED: 'A valid token is needed.',
    FORBIDDEN: 'The viewer may not do this. Where a care relationship was ended, `extensions.reason` says so.',
    NOT_FOUND: "Also given for what exists but is not the viewer's to know of.",
    BAD_USER_INPUT:
      '`extensions.field` names the offending input, dotted, from the argument or variable on: `input.body`.',
    CONFLICT: 'The request contradicts the present state; `extensions.reason` is a ConflictReason.',
    RATE_LIMITED: '`extensions.retryAfterMs` says when to try again.',
    PROFESSIONAL_UNAVAILABLE: 'The professional takes no sessions at present, or none of this kind.',
    INTERNAL_SERVER_ERROR: "Nothing else is revealed; `extensions.requestId` finds it in the server's log.",
    UNAVAILABLE:
      'The database does not answer at present; nothing was done, try again. Only where its answer to a write was lost may that have been done: a send that is repeated with its `clientMessageId` is stored once.',
    GRAPHQL_PARSE_FAILED: 'The document is not GraphQL.',
    GRAPHQL_VALIDATION_FAILED:
      'Also for operations that are too deep, too large or too costly; `extensions.limit` names the limit: depth, tokens, aliases or cost.',
    BAD_REQUEST: 'The HTTP request or the message around the operation is not well formed.',
    OPERATION_RESOLUTION_FAILURE: 'The document has no operation of that name, or several and none was named.',
    PERSISTED_QUERY_NOT_FOUND: 'No document is stored under that hash: send it.',
    PERSISTED_QUERY_NOT_SUPPORTED: 'Send the whole document.',
  },
)

export const ConflictReason = unreached<ConflictReasonName>(
  'ConflictReason',
  'The value of `extensions.reason` on a CONFLICT.',
  {
    CARE_RELATIONSHIP_ENDED: 'The two are not related any more.',
    CONVERSATION_NOT_ACTIVE: 'The status of the conversation does not allow it.',
    SESSION_ALREADY_ACTIVE: '`extensions.sessionId` names the one that is running.',
    SESSION_OVER: 'The session has ended or expired.',
    SESSION_NOT_OVER: 'The session is still running.',
    IDEMPOTENCY_KEY_REUSED: 'The clientMessageId, or the reference, was used for something else.',
    MESSAGE_DELETED: 'The message was deleted.',
    ATTACHMENT_NOT_READY:
      'A file is still uploaded or looked at: follow `attachmentUpdated`, and send it once it is READY.',
    ATTACHMENT_SENT: 'The file was sent with a message: delete that.',
  },
)

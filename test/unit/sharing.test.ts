import { describe, expect, test } from '@jest/globals'
import { getOperationAST, parse, validate } from 'graphql'
import { buildSchema } from '../../src/graphql/schema.js'
import { findSharing } from '../../src/graphql/sharing.js'

const schema = buildSchema()

const sharingOf = (source: string) => {
  const document = parse(source)
  expect(validate(schema, document)).toEqual([])
  const node = getOperationAST(document)
  if (!node) throw new Error('There is no operation.')
  return findSharing(schema, document, node)
}

const added = (selection: string, fragments = '') => `subscription { messageAdded { ${selection} } } ${fragments}`
const happened = (selection: string) => `subscription { conversationEvents(conversationId: "c") { ${selection} } }`

describe('results are shared', () => {
  test.each([
    ['of properties', added('id seq body createdAt __typename')],
    ['of what follows from them', added('cursor sender { displayName roles } conversation { id status }')],
    [
      'through fragments',
      added('...a ... on Message { seq }', 'fragment a on Message { sender { ...b } } fragment b on User { id }'),
    ],
    ['of cards', added('id appointment { startsAt } prescription { dosage }')],
    ['of files', added('id attachments { id fileName mediaType sizeBytes sha256 status width durationSeconds }')],
    ['of types that may come', happened('__typename cursor ... on MessageChanged { change message { body } }')],
  ])('%s', (_what, source) => expect(sharingOf(source)).not.toBeNull())

  test.each([
    ['what only some may see', added('id clientMessageId')],
    ['whether it was the viewer who reacted', added('id reactions { viewerReacted }')],
    ['former texts, which not all may see', added('id revisions { body }')],
    ['answers, and what is answered, which may be older than what one sees', added('replyTo { id }')],
    ['what changes while the message stays', added('id deliveryStatus')],
    ['what changes for each recipient', added('id receipts { readAt }')],
    ['what depends on the viewer, deep down', added('id sender { email }')],
    ['where a file is, which is signed for the viewer', added('attachments { id url }')],
    ['where its thumbnail is', added('attachments { id thumbnailUrl }')],
    ['until when that holds', added('attachments { id urlExpiresAt }')],
    [
      'in a fragment',
      added('...a', 'fragment a on Message { conversation { ...b } } fragment b on Conversation { unreadCount }'),
    ],
    ['of one of the types that may come', happened('cursor ... on ConversationChanged { conversation { createdAt } }')],
    ['what subscriptions tell of the viewer', 'subscription { unreadCountsChanged { total } }'],
    ['what is no subscription', '{ me { id } }'],
  ])('but not %s', (_what, source) => expect(sharingOf(source)).toBeNull())

  test('by those whose variables below the root field are equal', () => {
    const sharing = sharingOf(`subscription ($id: ID, $after: String, $whole: Boolean!) {
      messageAdded(conversationId: $id, after: $after) { id ...rest }
    }
    fragment rest on Message { body @include(if: $whole) }`)
    const question = (variables: object) => sharing?.question({ ...variables })
    expect(question({ id: 'a', after: 'x', whole: true })).toBe(question({ id: 'b', whole: true }))
    expect(question({ id: 'a', whole: true })).not.toBe(question({ id: 'a', whole: false }))
    expect(question({ whole: null })).not.toBe(question({}))
  })

  test('only with viewers whom the root field admits', () => {
    const sharing = sharingOf(added('id'))
    const asked = (viewer: object | null) => () => sharing?.admit({ viewer } as never)
    expect(asked({ userId: 'ana', roles: ['PATIENT'] })).not.toThrow()
    expect(asked(null)).toThrow()
  })
})

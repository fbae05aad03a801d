import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  type About,
  type Acting,
  type Action,
  canSend,
  denied,
  RULES,
} from '../../src/conversations/conversation-rules.js'
import { canViewHistory } from '../../src/conversations/history-permission.js'
import { partOf } from '../../src/conversations/conversation-access.js'
import type { Conversation, Part } from '../../src/conversations/conversation.js'
import type { Role } from '../../src/people/person.js'

const ROLES: Role[] = ['PATIENT', 'PROFESSIONAL', 'ADMIN']
const ACTIONS = Object.keys(RULES) as Action[]
const at = new Date(0)

const me = 'me'
const somebody = fc.constantFrom(me, 'another', null)
const own = fc.constantFrom(true, false, null)

const conversation: fc.Arbitrary<Conversation> = fc.record({
  id: fc.constant('c'),
  kind: fc.constantFrom('DIRECT', 'GROUP', 'SUPPORT'),
  status: fc.constantFrom('ACTIVE', 'ARCHIVED', 'BLOCKED', 'DELETED'),
  seq: fc.constant(9),
  rev: fc.constant(9),
  ownRev: fc.constant(9),
  firstSeq: fc.constant(1),
  patientId: fc.constant(null),
  professionalId: fc.constant(null),
  supportUserId: fc.constant(null),
  statusById: somebody,
  roomType: fc.constant('GENERAL'),
  title: fc.constant(null),
  description: fc.constant(null),
  tags: fc.constant([]),
  sendRoles: fc.subarray(ROLES),
  historyRoles: fc.subarray(ROLES),
  careEnded: fc.boolean(),
  activeSessionId: fc.constant(null),
  createdAt: fc.constant(at),
  lastActivityAt: fc.constant(at),
})

const part: fc.Arbitrary<Part> = fc.record({
  userId: fc.constant(me),
  role: fc.constantFrom(...ROLES),
  rev: fc.constant(1),
  membership: fc.constant(1),
  accessRev: fc.constant(1),
  visibleFromSeq: fc.constant(1),
  readThrough: fc.constant(0),
  ownCanSend: own,
  ownCanViewHistory: own,
  leftAt: fc.constant(null),
})

const about: fc.Arbitrary<About> = fc.record({
  senderId: somebody,
  deleted: fc.boolean(),
  deletedById: somebody,
  flaggedById: somebody,
  escalated: fc.boolean(),
})

const acting: fc.Arbitrary<Acting> = fc.record({
  viewer: fc.record({ userId: fc.constant(me), roles: fc.subarray(ROLES) }),
  conversation,
  part: fc.option(part),
})

const action = fc.constantFrom(...ACTIONS)

const holds = (property: fc.IProperty<[Acting, About]>) => fc.assert(property, { numRuns: 2_000 })
const always = (predicate: (acting: Acting, about: About) => boolean | void) =>
  holds(fc.property(acting, about, predicate))

const may = (what: Action, acting: Acting, about: About = {}) => denied(what, acting, about) === null

describe('the table of who may do what', () => {
  test('lets nobody act who takes no part, but an admin called to an emergency', () => {
    fc.assert(
      fc.property(action, acting, about, (what, stranger, what2) => {
        const refusal = denied(what, { ...stranger, part: null }, what2)
        const called = what === 'acknowledgeEmergency' && what2.escalated && stranger.viewer.roles.includes('ADMIN')
        if (called && what2.flaggedById !== me) return expect(refusal).toBeNull()
        const known = stranger.viewer.roles.includes('ADMIN') || what2.flaggedById === me
        if (what !== 'acknowledgeEmergency')
          expect(refusal?.code).toBe(stranger.viewer.roles.includes('ADMIN') ? 'FORBIDDEN' : 'NOT_FOUND')
        else expect(refusal?.code).toBe(known ? 'FORBIDDEN' : 'NOT_FOUND')
      }),
      { numRuns: 2_000 },
    )
  })

  test('002.11 lets an admin read under a grant what its subject sees, and do nothing', () => {
    const subject = part.map(one => ({ ...one, userId: 'another' }))
    fc.assert(
      fc.property(action, acting, subject, about, (what, { viewer, conversation }, granted, what2) => {
        const stranger = { viewer, conversation, part: null }
        const isSeen = conversation.status !== 'DELETED' || conversation.statusById === 'another'
        if (what === 'read') expect(may(what, { ...stranger, granted })).toBe(viewer.roles.includes('ADMIN') && isSeen)
        else expect(denied(what, { ...stranger, granted }, what2)).toEqual(denied(what, stranger, what2))
      }),
      { numRuns: 2_000 },
    )
  })

  test('hides what is deleted from everyone but who deleted it', () => {
    fc.assert(
      fc.property(action, acting, about, (what, someone, what2) => {
        const hidden = someone.conversation.status === 'DELETED' && someone.conversation.statusById !== me
        if (hidden && what !== 'acknowledgeEmergency') expect(may(what, someone, what2)).toBe(false)
      }),
      { numRuns: 2_000 },
    )
  })

  test('lets nobody write where nothing may be sent', () => {
    const writing = ACTIONS.filter(what => RULES[what].sends)
    expect(writing).toEqual(expect.arrayContaining(['send', 'editMessage', 'react', 'startSession']))
    always((someone, what) => {
      const { status, careEnded } = someone.conversation
      if (status !== 'ACTIVE' && status !== 'ARCHIVED')
        for (const one of writing) expect(may(one, someone, what)).toBe(false)
      if (careEnded) for (const one of writing) expect(may(one, someone, what)).toBe(false)
    })
  })

  test('003.13 a participant’s own permission goes before that of their role', () => {
    always(({ viewer, conversation, part }) => {
      if (!part) return
      const open: Conversation = { ...conversation, status: 'ACTIVE', careEnded: false }
      expect(canSend(open, part)).toBe(part.ownCanSend ?? open.sendRoles.includes(part.role))
      expect(canSend(conversation, part)).toBe(may('send', { viewer, conversation, part }))
      expect(canViewHistory(open, part)).toBe(part.ownCanViewHistory ?? open.historyRoles.includes(part.role))
    })
  })

  test('003.2 a block is lifted by who set it, or an admin who takes part', () => {
    always(({ viewer, conversation, part }) => {
      if (!part) return
      const blocked: Conversation = { ...conversation, status: 'BLOCKED' }
      const allowed = blocked.statusById === me || viewer.roles.includes('ADMIN')
      expect(may('unblock', { viewer, conversation: blocked, part })).toBe(allowed)
    })
  })

  test('003.11 nobody acknowledges an emergency that they flagged', () => {
    always((someone, what) => {
      expect(may('acknowledgeEmergency', someone, { ...what, flaggedById: me })).toBe(false)
    })
  })

  test('002.5 admins take part in support conversations, and professionals are its users there', () => {
    always(({ viewer, conversation, part }) => {
      const support: Conversation = { ...conversation, kind: 'SUPPORT', status: 'ACTIVE' }
      const isAdmin = viewer.roles.includes('ADMIN')
      expect(partOf(viewer, support, null) !== null).toBe(isAdmin)
      if (part && !isAdmin) expect(may('block', { viewer, conversation: support, part })).toBe(false)
      expect(partOf(viewer, { ...conversation, kind: 'GROUP' }, null)).toBeNull()
    })
  })
})

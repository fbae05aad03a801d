import { expect, test } from '@jest/globals'
import { chooseRole, type DirectFacts, type Tie } from '../../src/conversations/direct-pair.js'
import { DomainError } from '../../src/errors.js'
import type { Role } from '../../src/people/person.js'

const never: Tie = { careActive: null, conversationId: null }
const active: Tie = { careActive: true, conversationId: null }
const ended: Tie = { careActive: false, conversationId: null }
const known: Tie = { careActive: null, conversationId: 'an id' }

const P: Role[] = ['PATIENT']
const D: Role[] = ['PROFESSIONAL']
const both: Role[] = ['PATIENT', 'PROFESSIONAL']
const admin: Role[] = ['ADMIN']

interface Case {
  viewer: Role[]
  other: Role[]
  /** Where the viewer is the patient, and where the viewer is the professional. */
  ties: [Tie, Tie]
  asRole?: Role | null
  open?: boolean
  expected: string
}

const cases: Case[] = [
  { viewer: P, other: D, ties: [active, never], expected: 'PATIENT' },
  { viewer: D, other: P, ties: [never, active], expected: 'PROFESSIONAL' },
  { viewer: P, other: D, ties: [active, never], asRole: 'PATIENT', expected: 'PATIENT' },
  { viewer: P, other: D, ties: [active, never], asRole: 'PROFESSIONAL', expected: 'FORBIDDEN' },
  { viewer: P, other: D, ties: [active, never], asRole: 'ADMIN', expected: 'FORBIDDEN' },
  { viewer: P, other: D, ties: [never, never], expected: 'FORBIDDEN' },
  { viewer: P, other: D, ties: [never, never], open: true, expected: 'PATIENT' },
  { viewer: P, other: D, ties: [ended, never], expected: 'PATIENT' },
  { viewer: P, other: D, ties: [ended, never], open: true, expected: 'PATIENT' },
  { viewer: P, other: D, ties: [known, never], expected: 'PATIENT' },
  { viewer: P, other: P, ties: [never, never], open: true, expected: 'FORBIDDEN' },
  { viewer: D, other: D, ties: [never, never], open: true, expected: 'FORBIDDEN' },
  { viewer: admin, other: P, ties: [never, never], open: true, expected: 'FORBIDDEN' },
  { viewer: both, other: D, ties: [active, never], expected: 'PATIENT' },
  { viewer: both, other: P, ties: [never, active], expected: 'PROFESSIONAL' },
  { viewer: both, other: both, ties: [active, never], expected: 'PATIENT' },
  { viewer: both, other: both, ties: [never, active], expected: 'PROFESSIONAL' },
  { viewer: both, other: both, ties: [active, never], open: true, expected: 'PATIENT' },
  { viewer: both, other: both, ties: [active, ended], expected: 'PATIENT' },
  { viewer: both, other: both, ties: [active, active], expected: 'BAD_USER_INPUT input.asRole' },
  { viewer: both, other: both, ties: [active, active], asRole: 'PROFESSIONAL', expected: 'PROFESSIONAL' },
  { viewer: both, other: both, ties: [active, never], asRole: 'PROFESSIONAL', expected: 'FORBIDDEN' },
  { viewer: both, other: both, ties: [never, never], expected: 'FORBIDDEN' },
  { viewer: both, other: both, ties: [never, never], open: true, expected: 'BAD_USER_INPUT input.asRole' },
  { viewer: both, other: both, ties: [never, never], open: true, asRole: 'PATIENT', expected: 'PATIENT' },
  { viewer: both, other: both, ties: [ended, never], expected: 'PATIENT' },
  { viewer: both, other: both, ties: [ended, ended], expected: 'BAD_USER_INPUT input.asRole' },
]

const outcome = ({ viewer, other, ties: [PATIENT, PROFESSIONAL], asRole = null, open = false }: Case) => {
  const facts: DirectFacts = { other: { roles: other, active: true }, as: { PATIENT, PROFESSIONAL } }
  const request = {
    viewer: { userId: 'me', roles: viewer },
    userId: 'them',
    asRole,
    field: 'input.userId',
  }
  const chosen = chooseRole(request, facts, open)
  return chosen instanceof DomainError ? [chosen.code, chosen.details.field].filter(Boolean).join(' ') : chosen
}

const title = ({ viewer, other, ties, asRole, open, expected }: Case) => {
  const tie = ({ careActive, conversationId }: Tie) =>
    conversationId === null ? { true: 'active', false: 'ended', null: 'never' }[String(careActive)] : 'known'
  const as = asRole ? `, as ${asRole}` : ''
  return `${viewer.join('+')} to ${other.join('+')} (${ties.map(tie).join(', ')}${open ? ', open' : ''})${as}: ${expected}`
}

test.each(cases.map(one => [title(one), one] as const))('004.5 %s', (_title, one) => {
  expect(outcome(one)).toBe(one.expected)
})

test('oneself is BAD_USER_INPUT, who is unknown or inactive NOT_FOUND', () => {
  const viewer = { userId: 'me', roles: both }
  const ties = { PATIENT: active, PROFESSIONAL: active }
  const code = (userId: string, other: DirectFacts['other']) =>
    chooseRole({ viewer, userId, asRole: null, field: 'input.userId' }, { other, as: ties }, true)
  expect(code('me', { roles: both, active: true })).toMatchObject({ code: 'BAD_USER_INPUT' })
  expect(code('them', null)).toMatchObject({ code: 'NOT_FOUND', details: { field: 'input.userId' } })
  expect(code('them', { roles: D, active: false })).toMatchObject({ code: 'NOT_FOUND' })
})

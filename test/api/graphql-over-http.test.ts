import { describe, expect, test } from '@jest/globals'
import { serverAudits } from 'graphql-http'
import { startApp } from '../support/start-app.js'

const app = await startApp()
const audits = serverAudits({ url: `${app.url}/graphql` })

const FORMS_COULD_SEND_IT =
  'A GET needs a header that forms and images of other sites cannot send: a test in http.test.ts shows both.'

/** Optional, and left out on purpose. */
const exceptions: Readonly<Record<string, { status: 'notice' | 'warn'; why: string }>> = {
  '5A70': { status: 'notice', why: FORMS_COULD_SEND_IT },
  D6D5: { status: 'notice', why: FORMS_COULD_SEND_IT },
  '6A70': { status: 'notice', why: FORMS_COULD_SEND_IT },
}

describe('GraphQL over HTTP, as the audits of graphql-http see it', () => {
  test('there are 61 of them, and each exception is one', () => {
    expect(audits).toHaveLength(61)
    expect(audits.map(audit => audit.id)).toEqual(expect.arrayContaining(Object.keys(exceptions)))
  })

  test.each(audits.map(audit => [audit.id, audit.name, audit] as const))('%s %s', async (id, _name, audit) => {
    const result = await audit.fn()
    const reason = 'reason' in result ? result.reason : ''
    expect({ status: result.status, reason }).toEqual(
      exceptions[id] ? { status: exceptions[id].status, reason } : { status: 'ok', reason: '' },
    )
  })
})

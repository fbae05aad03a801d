import { describe, expect, test } from '@jest/globals'
import { make } from '../support/make.js'
import { startApp } from '../support/start-app.js'

const app = await startApp()
const given = make(app)

const PRIVATE = 'The rash is back'
const SEND = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }'
const UPSERT = 'mutation ($input: UpsertUsersInput!) { upsertUsers(input: $input) { users { id } } }'

describe('a variable that does not fit its type names its field, and nothing shows the value', () => {
  test.each<[string, string, Record<string, unknown>, string]>([
    ['a text that is a list', SEND, { input: { body: [PRIVATE] } }, 'input.body'],
    ['an unknown field', SEND, { input: { body: PRIVATE, nope: 1 } }, 'input.nope'],
    ['an unknown member of an enum', SEND, { input: { body: PRIVATE, kind: PRIVATE } }, 'input.kind'],
    ['a text instead of an object', SEND, { input: PRIVATE }, 'input'],
    ['a missing variable', SEND, {}, 'input'],
    ['null where there must be something', SEND, { input: null }, 'input'],
    [
      'a missing field in a list',
      UPSERT,
      { input: { users: [{ id: PRIVATE, roles: [] }] } },
      'input.users.0.displayName',
    ],
    [
      'a list in a list',
      UPSERT,
      { input: { users: [{ id: 'a', displayName: PRIVATE, roles: [`${PRIVATE}" at "x`] }] } },
      'input.users.0.roles.0',
    ],
  ])('%s', async (_what, query, variables, field) => {
    const { status, errors } = await given.admin.ask(query, variables)
    expect({ status, errors }).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'BAD_USER_INPUT', field } }],
    })
    expect(JSON.stringify(errors)).not.toContain(PRIVATE)
  })

  test('an argument that a variable leaves null', async () => {
    const query = 'query ($id: ID! = "x") { user(id: $id) { id } }'
    const { errors } = await given.admin.ask(query, { id: null })
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'id' } }])
  })

  test('more than graphql-js counts', async () => {
    const users = Array.from({ length: 100 }, () => ({ id: PRIVATE, roles: [] }))
    const { status, errors } = await given.admin.ask(UPSERT, { input: { users } })
    expect(status).toBe(400)
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(['BAD_USER_INPUT']))
    expect(JSON.stringify(errors)).not.toContain(PRIVATE)
  })
})

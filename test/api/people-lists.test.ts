import { describe, expect, test } from '@jest/globals'
import { make, type TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'

const app = await startApp()
const open = await startApp({ openCareRelationships: true }, { beside: app })
const given = make(app)

interface People {
  edges: { cursor: string; node: { id: string; displayName: string } }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null }
}

const PAGE = 'edges { cursor node { id displayName } } pageInfo { hasNextPage hasPreviousPage endCursor }'
const CONTACTS = `query ($role: Role, $search: String, $first: Int, $after: String) {
  people: contacts(role: $role, search: $search, first: $first, after: $after) { ${PAGE} }
}`
const ONLINE = `query ($first: Int, $after: String) { people: onlineUsers(first: $first, after: $after) { ${PAGE} } }`

const list = async (viewer: TestPerson, query: string, variables: Record<string, unknown> = {}) =>
  (await viewer.request<{ people: People }>(query, variables)).people
const idsOf = ({ edges }: People) => edges.map(({ node }) => node.id)
const contacts = async (viewer: TestPerson, variables?: Record<string, unknown>) =>
  idsOf(await list(viewer, CONTACTS, variables))

describe('contacts', () => {
  test('are whom one may write to, by name: in care, active, and no one else', async () => {
    const anna = await given.patient({ displayName: 'anna' })
    const [zoe, Bea, former, inactive, shared] = [
      await given.professional({ displayName: 'Zoe' }),
      await given.professional({ displayName: 'bea' }),
      await given.professional(),
      await given.professional({ active: false }),
      await given.professional(),
    ]
    for (const professional of [zoe, Bea, former, inactive]) await given.care(anna, professional)
    await given.care(anna, former, false)
    await given.care(await given.patient(), shared)
    expect(await contacts(anna)).toEqual([Bea.id, zoe.id])
    expect(await contacts(zoe)).toEqual([anna.id])
    expect(await contacts(former)).toEqual([])
    // Each of them may be written to, and the others may not.
    await given.conversation(anna, zoe)
    expect(await contacts(anna, { role: 'PATIENT' })).toEqual([])
    expect(await contacts(anna, { role: 'PROFESSIONAL', search: 'BE' })).toEqual([Bea.id])
    expect(await contacts(anna, { search: '%' })).toEqual([])
  })

  test('are pages, of whatever names', async () => {
    const doctor = await given.professional()
    const names = ['Ärzte', 'same', 'same', 'Same', '😀'.repeat(200), 'a_b', 'a%b']
    for (const displayName of names) await given.care(await given.patient({ displayName }), doctor)
    const all = await list(doctor, CONTACTS)
    expect(all.edges).toHaveLength(names.length)
    expect(all.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false })
    const paged: string[] = []
    for (let after: string | null = null, more = true; more;) {
      const page: People = await list(doctor, CONTACTS, { first: 3, after })
      paged.push(...idsOf(page))
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null)
      ;({ endCursor: after, hasNextPage: more } = page.pageInfo)
    }
    expect(paged).toEqual(idsOf(all))
    expect(await contacts(doctor, { search: 'A_B' })).toHaveLength(1)
  })

  test('of an admin are all active people but themselves', async () => {
    const displayName = `Only ${Date.now()}`
    const someone = await given.patient({ displayName })
    await given.patient({ displayName, active: false })
    expect(await contacts(given.admin, { search: displayName })).toEqual([someone.id])
    expect(await contacts(given.admin, { role: 'ADMIN' })).not.toContain(given.admin.id)
  })

  test('with open relationships are all of the other kind, but for those whose relationship was ended', async () => {
    const displayName = `Open ${Date.now()}`
    const [patient, doctor, former] = [
      await given.patient({ displayName }),
      await given.professional({ displayName }),
      await given.professional({ displayName }),
    ]
    await given.care(patient, former, false)
    expect(await contacts(patient.at(open), { search: displayName })).toEqual([doctor.id])
    expect(await contacts(doctor.at(open), { search: displayName })).toEqual([patient.id])
    expect(await contacts(former.at(open), { search: displayName })).toEqual([])
    expect(await contacts(patient, { search: displayName })).toEqual([])
  })

  test.each([
    ['first', { first: 0 }],
    ['search', { search: 'a\u0000' }],
    ['after', { after: 'WyJ1IiwieCIsInkiXQ' }],
  ])('a bad %s is told', async (field, variables) => {
    const { errors } = await given.admin.ask(CONTACTS, variables)
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }])
  })
})

describe('onlineUsers', () => {
  const online = async (viewer: TestPerson) => idsOf(await list(viewer, ONLINE))

  /** The database learns of who comes and goes a moment later. */
  const until = async (viewer: TestPerson, ids: string[]) => {
    const wanted = [...ids].sort()
    for (;;) {
      const found = await online(viewer)
      if (JSON.stringify([...found].sort()) === JSON.stringify(wanted)) return
      if (Date.now() > deadline) expect(found).toEqual(wanted)
    }
  }
  const deadline = Date.now() + 20_000

  test('002.8 are those whom one may see, while they are connected to any process', async () => {
    const { patient, professional } = await given.talk()
    const stranger = await given.patient()
    expect(await online(patient)).toEqual([])
    const here = await professional.connect()
    const there = await stranger.at(open).connect()
    await until(patient, [professional.id])
    await until(stranger, [stranger.id])
    const admin = await given.admin.connect()
    await until(professional, [professional.id])
    for (const id of [professional.id, stranger.id, given.admin.id]) while (!(await online(given.admin)).includes(id));
    await here.close()
    await until(patient, [])
    await Promise.all([there.close(), admin.close()])
  })
})

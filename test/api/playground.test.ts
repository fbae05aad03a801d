import { describe, expect, test } from '@jest/globals'
import { readConfig } from '../../src/config.js'
import { startApp } from '../support/start-app.js'
import { TEST_SECRET } from '../support/tokens.js'

const app = await startApp()
const address = `${app.url}/playground`

/** Reads it to its end: the connection is free then. */
const get = async (url: string, headers: Record<string, string> = {}) => {
  const response = await fetch(url, { headers })
  return { status: response.status, headers: response.headers, body: await response.text() }
}

describe('the playground is served', () => {
  test('with and without a slash, and again only where it changed', async () => {
    for (const path of ['', '/', '/main.js', '/main.css']) {
      const response = await get(address + path)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none';script-src 'self';")
      expect(response.headers.get('cache-control')).toBe('no-cache')
      const etag = response.headers.get('etag') ?? ''
      expect((await get(address + path, { 'if-none-match': etag })).status).toBe(304)
      expect((await get(address + path, { 'if-none-match': '"another"' })).status).toBe(200)
    }
    expect((await get(`${address}/nothing.js`)).status).toBe(404)
  })

  const inProduction = (settings: Record<string, string>) => {
    const required = { NODE_ENV: 'production', DATABASE_URL: 'postgresql://localhost', JWT_SECRET: TEST_SECRET }
    const { playground, introspection } = readConfig({ ...required, ...settings })
    return { production: true, playground, introspection }
  }

  test.each([
    [{}, 404, false],
    [{ PLAYGROUND: 'true' }, 200, true],
    [{ PLAYGROUND: 'true', INTROSPECTION: 'off' }, 200, false],
  ])('in production with %j: %d, introspection %s', async (settings, status, introspection) => {
    const changes = inProduction(settings)
    expect(changes.introspection).toBe(introspection)
    const { url } = await startApp(changes, { beside: app })
    for (const path of ['/playground', '/playground/', '/playground/main.js'])
      expect((await get(url + path)).status).toBe(status)
  })
})

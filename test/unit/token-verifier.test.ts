import { describe, expect, test } from '@jest/globals'
import { createHmac, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import jwt, { type SignOptions } from 'jsonwebtoken'
import type { Config } from '../../src/config.js'
import { JwtVerifier } from '../../src/transport/token-verifier.js'
import { cleanUp } from '../support/cleanup.js'

const SECRET = 'a secret for tests, of more than thirty-two characters'
const now = () => Math.floor(Date.now() / 1000)
const none = { secret: undefined, publicKey: undefined, jwksUrl: undefined, issuer: undefined, audience: undefined }

const verifier = (changes: Partial<Config['jwt']>) => new JwtVerifier({ ...none, ...changes })
const bySecret = verifier({ secret: SECRET })

const sign = (claims: object, key: string | KeyObject = SECRET, options: SignOptions = {}) =>
  jwt.sign({ sub: 'ana', exp: now() + 3600, ...claims }, key, { algorithm: 'HS256', ...options })

const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })

const refusal = { code: 'UNAUTHENTICATED' }
const refuses = (by: JwtVerifier, token: string) => expect(by.verify(token)).rejects.toMatchObject(refusal)

describe('a token', () => {
  test('says who, in which roles, and until when', async () => {
    const exp = now() + 60
    const claims = await bySecret.verify(sign({ exp, name: ' Ana ', email: 'ana@example.org', roles: ['Patient'] }))
    expect(claims).toEqual({
      userId: 'ana',
      displayName: 'Ana',
      email: 'ana@example.org',
      roles: ['PATIENT'],
      expiresAt: new Date(exp * 1000),
    })
  })

  test.each([
    [{ roles: ['patient', 'DOCTOR', 'Therapist', 'nobody', 7] }, ['PATIENT', 'PROFESSIONAL']],
    [{ role: 'provider' }, ['PROFESSIONAL']],
    [{ role: 'Professional' }, ['PROFESSIONAL']],
    [{ role: 'ADMIN' }, ['ADMIN']],
    [{ roles: [] }, []],
    [{ roles: ['wizard'], role: 'patient' }, []],
    [{ roles: 'Patient' }, ['PATIENT']],
    [{ role: 'wizard' }, []],
    [{ role: 7 }, []],
    [{ roles: null, role: 'patient' }, ['PATIENT']],
    [{ roles: null }, null],
    [{}, null],
  ])('%j names roles', async (claims, roles) => {
    expect((await bySecret.verify(sign(claims))).roles).toEqual(roles)
  })

  test('loses the end of a name that is too long, and the whole of such an address', async () => {
    const long = { name: 'n'.repeat(300), email: `${'e'.repeat(250)}@example.org` }
    expect(await bySecret.verify(sign(long))).toMatchObject({ displayName: 'n'.repeat(200), email: null })
  })

  test.each(['\u202e', '\u200b \u200b', 'a\u0000b', '\ud800', ' '])('names nobody by %j', async name => {
    expect(await bySecret.verify(sign({ name, email: name }))).toMatchObject({ displayName: null, email: null })
  })

  test('must expire', async () => {
    await refuses(bySecret, jwt.sign({ sub: 'ana' }, SECRET))
  })

  test('holds 30 seconds longer, for clocks that differ', async () => {
    await refuses(bySecret, sign({ exp: now() - 31 }))
    const exp = now() - 20
    expect((await bySecret.verify(sign({ exp }))).expiresAt).toEqual(new Date((exp + 30) * 1000))
    await refuses(bySecret, sign({ nbf: now() + 40 }))
    await bySecret.verify(sign({ nbf: now() + 20 }))
  })

  test.each(['', ' ana', 'a\u0000b', 'a\nb', 'x'.repeat(129)])('needs a usable subject, not %j', async sub => {
    await refuses(bySecret, sign({ sub }))
  })

  test('needs a subject at all, and one that is text', async () => {
    await refuses(bySecret, jwt.sign({ exp: now() + 60 }, SECRET))
    await refuses(bySecret, sign({}).replace('.', '..'))
    for (const nonsense of ['', 'x', 'a.b.c', '..', '{}', 'x'.repeat(10_000)]) await refuses(bySecret, nonsense)
  })

  test('has to come from the issuer, and be meant for us', async () => {
    const strict = verifier({ secret: SECRET, issuer: 'https://id.example', audience: 'colloquy' })
    const good = { iss: 'https://id.example', aud: ['other', 'colloquy'] }
    await strict.verify(sign(good))
    await refuses(strict, sign({ ...good, iss: 'https://evil.example' }))
    await refuses(strict, sign({ ...good, aud: 'other' }))
    await refuses(strict, sign({}))
  })
})

describe('a forged token', () => {
  test('000.7 with another secret, another content or no signature at all is refused', async () => {
    await refuses(bySecret, sign({}, 'another secret, as long as the one of the tests'))
    const [header, , signature] = sign({}).split('.')
    const content = Buffer.from(JSON.stringify({ sub: 'bo', exp: now() + 60 })).toString('base64url')
    await refuses(bySecret, `${header}.${content}.${signature}`)
    const plain = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url')
    for (const tail of ['', '.', `.${signature}`]) await refuses(bySecret, `${plain}.${content}${tail}`)
  })

  test.each(['123', '"abc"', 'true', 'null', '[]'])('with the header %s is refused', async header => {
    const [, content, signature] = sign({}).split('.')
    await refuses(bySecret, `${Buffer.from(header).toString('base64url')}.${content}.${signature}`)
  })

  test('with an extension that must be understood is refused', () =>
    refuses(bySecret, sign({}, SECRET, { header: { alg: 'HS256', crit: ['b64'] } })))

  test('000.7 signed with the public key as a secret is refused', async () => {
    const publicKey = pem(rsa.publicKey)
    const header = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT' })).toString('base64url')
    const content = Buffer.from(JSON.stringify({ sub: 'ana', exp: now() + 60 })).toString('base64url')
    const signature = createHmac('sha256', publicKey).update(`${header}.${content}`).digest('base64url')
    await refuses(verifier({ publicKey }), `${header}.${content}.${signature}`)
    await refuses(verifier({ publicKey, secret: SECRET }), `${header}.${content}.${signature}`)
  })

  test('000.7 by an algorithm that is not allowed is refused', async () => {
    await refuses(bySecret, sign({}, SECRET, { algorithm: 'HS512' }))
    await refuses(verifier({ publicKey: pem(rsa.publicKey) }), sign({}, rsa.privateKey, { algorithm: 'RS512' }))
    await refuses(verifier({ publicKey: pem(rsa.publicKey) }), sign({}, rsa.privateKey, { algorithm: 'PS256' }))
  })
})

describe('a public key', () => {
  test('verifies RS256 or ES256, as its kind is', async () => {
    const byRsa = verifier({ publicKey: pem(rsa.publicKey) })
    const byEc = verifier({ publicKey: pem(ec.publicKey) })
    await byRsa.verify(sign({}, rsa.privateKey, { algorithm: 'RS256' }))
    await byEc.verify(sign({}, ec.privateKey, { algorithm: 'ES256' }))
    await refuses(byRsa, sign({}, ec.privateKey, { algorithm: 'ES256' }))
    await refuses(byEc, sign({}, rsa.privateKey, { algorithm: 'RS256' }))
    await refuses(byRsa, sign({}))
  })

  test('that is none stops the start with a sentence', () => {
    expect(() => verifier({ publicKey: 'nonsense' })).toThrow('JWT_PUBLIC_KEY must be a public key in PEM.')
    const other = generateKeyPairSync('ed25519')
    expect(() => verifier({ publicKey: pem(other.publicKey) })).toThrow('JWT_PUBLIC_KEY must be an RSA key')
  })
})

describe('keys at an address', () => {
  const jwk = (key: KeyObject, kid: string): JsonWebKey => ({ ...key.export({ format: 'jwk' }), kid, use: 'sig' })
  const tokenOf = (kid: string, key: KeyObject, algorithm: 'RS256' | 'ES256') =>
    sign({}, key, { algorithm, keyid: kid })

  const serveKeys = async (...first: JsonWebKey[]) => {
    const served = { keys: first, requests: 0 }
    const server = createServer((_request, response) => {
      served.requests++
      response.end(JSON.stringify({ keys: served.keys }))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    cleanUp(() => new Promise(resolve => server.close(resolve)))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`
    return { served, url, close: () => server.close() }
  }

  test('are read once, and again when an unknown one is named', async () => {
    const { served, url } = await serveKeys(jwk(rsa.publicKey, 'one'))
    const byUrl = verifier({ jwksUrl: url })
    await byUrl.verify(tokenOf('one', rsa.privateKey, 'RS256'))
    await byUrl.verify(tokenOf('one', rsa.privateKey, 'RS256'))
    expect(served.requests).toBe(1)
    await refuses(byUrl, tokenOf('two', ec.privateKey, 'ES256'))
    served.keys = [jwk(ec.publicKey, 'two')]
    await byUrl.verify(tokenOf('two', ec.privateKey, 'ES256'))
    await byUrl.verify(tokenOf('one', rsa.privateKey, 'RS256'))
    expect(served.requests).toBe(3)
  })

  test('verify only by their own algorithm, and are no secrets', async () => {
    const { served, url } = await serveKeys(jwk(rsa.publicKey, 'one'), jwk(ec.publicKey, 'two'))
    const byUrl = verifier({ jwksUrl: url })
    await refuses(byUrl, tokenOf('one', ec.privateKey, 'ES256'))
    await refuses(byUrl, tokenOf('two', rsa.privateKey, 'RS256'))
    await refuses(byUrl, sign({}, pem(rsa.publicKey), { keyid: 'one' }))
    expect(served.requests).toBe(2)
  })

  test('are not asked for without end by tokens that name any', async () => {
    const { served, url } = await serveKeys(jwk(rsa.publicKey, 'one'))
    const byUrl = verifier({ jwksUrl: url })
    for (let n = 0; n < 50; n++) await refuses(byUrl, tokenOf(`unknown ${n}`, rsa.privateKey, 'RS256'))
    expect(served.requests).toBeLessThanOrEqual(30)
  })

  test('that cannot be read make tokens UNAVAILABLE rather than wrong', async () => {
    const { url, close } = await serveKeys()
    close()
    const token = tokenOf('one', rsa.privateKey, 'RS256')
    await expect(verifier({ jwksUrl: url }).verify(token)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})

import { expect, test } from '@jest/globals'
import { ConfigError, readConfig } from '../../src/config.js'

const SECRET = 'a secret of at least thirty-two bytes'
const given = (STUN_URLS?: string, TURN_URLS?: string, TURN_SECRET?: string) =>
  readConfig({ STUN_URLS, TURN_URLS, TURN_SECRET }).calls

test('000.18 the servers of calls are given by their addresses', () => {
  expect(given()).toEqual({ stunUrls: [], turn: undefined })
  const stun = ['stun:stun.example.org', 'stuns:stun.example.org:5349']
  const turn = ['turn:192.0.2.1:3478?transport=udp', 'turns:[2001:db8::1]:443?transport=tcp']
  expect(given(stun.join(', '), turn.join(','), SECRET)).toEqual({
    stunUrls: stun,
    turn: { urls: turn, secret: SECRET },
  })
})

test.each(['stun.example.org', 'turn:turn.example.org', 'stun:', 'stun:x?transport=udp', 'stun:x:0', 'stun:x:65536'])(
  '000.18 %s is no address of a STUN server',
  address => {
    expect(() => given(`stun:fine.example.org,${address}`)).toThrow(ConfigError)
    expect(() => given(`stun:fine.example.org,${address}`)).toThrow(/^STUN_URLS .*"[^,]+"\.$/)
  },
)

test.each(['turn.example.org', 'stun:x', 'turn:x?transport=sctp', 'turn:user@x', 'https://x'])(
  '000.18 %s is no address of a TURN server',
  address => expect(() => given(undefined, address, SECRET)).toThrow(/^TURN_URLS .*"\.$/),
)

test('000.18 a TURN server needs its secret, which no error shows', () => {
  expect(() => given(undefined, 'turn:x')).toThrow(/TURN_SECRET has at least 32 bytes/)
  expect(() => given(undefined, 'turn:x', 'too short')).toThrow(/TURN_SECRET has at least 32 bytes\.$/)
})

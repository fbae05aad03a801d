import { expect, test } from '@jest/globals'
import { ConfigError, readConfig } from '../../src/config.js'

const SECRET = 'a secret of at least thirty-two bytes'
const URL = 'https://example.org/hook'

test('001.17 where and how notifications are pushed is given together', () => {
  const given = (url?: string, secret?: string) =>
    readConfig({ NOTIFICATION_WEBHOOK_URL: url, NOTIFICATION_WEBHOOK_SECRET: secret }).notificationWebhook
  expect(given()).toBeUndefined()
  expect(given(undefined, SECRET)).toBeUndefined()
  expect(given(URL, SECRET)).toEqual({ url: URL, secret: SECRET })
  expect(() => given(URL)).toThrow(ConfigError)
  expect(() => given(URL, 'short')).toThrow(/at least 32 bytes/)
  for (const url of ['example.org', 'ftp://example.org']) expect(() => given(url, SECRET)).toThrow(/http or https/)
})

test('003.11 the time for an acknowledgement is given in minutes', () => {
  const given = (minutes?: string) => readConfig({ EMERGENCY_ACK_MINUTES: minutes }).emergencyAckMs
  expect([given(), given('1'), given('1440')]).toEqual([300_000, 60_000, 86_400_000])
  for (const minutes of ['0', '1441', 'soon']) expect(() => given(minutes)).toThrow(/EMERGENCY_ACK_MINUTES/)
})

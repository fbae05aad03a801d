import { expect, test } from '@jest/globals'
import { readConfig } from '../../src/config.js'

test('001.10 where the scanner for malware is', () => {
  const given = (address?: string) => readConfig({ CLAMD_HOST: address }).clamd
  expect(given()).toBeUndefined()
  expect(given('clamd')).toEqual({ host: 'clamd', port: 3310 })
  expect(given('10.0.0.1:3311')).toEqual({ host: '10.0.0.1', port: 3311 })
  expect(given('[::1]:3311')).toEqual({ host: '::1', port: 3311 })
  for (const wrong of ['tcp://clamd:3310', 'clamd:0', 'clamd:65536', 'clamd:', '::1', 'a b'])
    expect(() => given(wrong)).toThrow(/CLAMD_HOST/)
})

import { expect, test } from '@jest/globals'
import { keepToken } from '../../clients/apollo/src/keep-token.js'

const tokenFor = (seconds: number, name = '') =>
  `e30.${btoa(JSON.stringify({ exp: Math.floor(Date.now() / 1000) + seconds, name }))}.x`

test('a token is kept for as long as it holds, and fetched once by all who ask at once', async () => {
  let fetched = 0
  const getToken = keepToken(async () => tokenFor(3_600, String(++fetched)))
  const [one, other] = await Promise.all([getToken(), getToken()])
  expect(one).toBe(other)
  expect(await getToken()).toBe(one)
  expect(fetched).toBe(1)
})

test('one that runs out within a minute is replaced, and a failure is no answer for ever', async () => {
  const answers = [tokenFor(30), new Error('away'), tokenFor(3_600)]
  const getToken = keepToken(async () => {
    const answer = answers.shift()
    if (answer instanceof Error) throw answer
    return answer ?? ''
  })
  const [first, , last] = [...answers]
  expect(await getToken()).toBe(first)
  await expect(getToken()).rejects.toThrow('away')
  expect(await getToken()).toBe(last)
  expect(await getToken()).toBe(last)
})

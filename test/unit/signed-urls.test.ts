import { expect, test } from '@jest/globals'
import { UrlSigner } from '../../src/attachments/signed-urls.js'

const signer = new UrlSigner('ab'.repeat(32))
const use = {
  purpose: 'upload',
  attachmentId: 'id',
  userId: 'a & b',
  expiresAt: new Date(Date.now() + 60_000),
} as const
const queryOf = (text: string) => Object.fromEntries(new URLSearchParams(text))

test('an address is good for its purpose, its attachment and its person, with its key and until its time', () => {
  const query = queryOf(signer.query(use))
  expect(signer.verify('upload', 'id', query)).toEqual({ kind: 'VALID', userId: 'a & b' })
  for (const purpose of ['download', 'thumbnail'] as const)
    expect(signer.verify(purpose, 'id', query)).toEqual({ kind: 'FORGED' })
  expect(signer.verify('upload', 'other', query)).toEqual({ kind: 'FORGED' })
  expect(new UrlSigner('cd'.repeat(32)).verify('upload', 'id', query)).toEqual({ kind: 'FORGED' })
  for (const change of [
    { user: 'b' },
    { expires: '99999999999' },
    { signature: '' },
    { signature: `${query.signature}=` },
    { signature: `${query.signature} ` },
    { signature: ['x', 'y'] },
    { user: undefined },
  ])
    expect(signer.verify('upload', 'id', { ...query, ...change })).toEqual({ kind: 'FORGED' })
  const past = queryOf(signer.query({ ...use, expiresAt: new Date(Date.now() - 1_000) }))
  expect(signer.verify('upload', 'id', past)).toEqual({ kind: 'EXPIRED' })
})

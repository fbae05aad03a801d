import { expect, test } from '@jest/globals'
import { readConfig } from '../../src/config.js'

test('000.19 files are in a folder beside the data, or where it is said', () => {
  expect(readConfig({ DATA_DIR: '/data' })).toMatchObject({ filesDir: '/data/files', s3: undefined })
  expect(readConfig({ FILES_DIR: '/files' }).filesDir).toBe('/files')
  expect(readConfig({}).maxAttachmentBytes).toBe(104_857_600)
  expect(() => readConfig({ MAX_ATTACHMENT_BYTES: '0' })).toThrow(/^MAX_ATTACHMENT_BYTES /)
})

test('000.19 an object store is named by its bucket', () => {
  const keys = { S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret' }
  expect(readConfig({ S3_BUCKET: 'files' }).s3).toEqual({
    ...{ bucket: 'files', region: 'us-east-1', endpoint: undefined, credentials: undefined },
  })
  expect(readConfig({ S3_BUCKET: 'files', S3_ENDPOINT: 'http://s3:9000', S3_REGION: 'x', ...keys }).s3).toEqual({
    ...{ bucket: 'files', region: 'x', endpoint: 'http://s3:9000' },
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
  })
  expect(() => readConfig({ S3_BUCKET: 'files', S3_ACCESS_KEY_ID: 'id' })).toThrow(/^S3_ACCESS_KEY_ID and /)
  expect(() => readConfig({ S3_BUCKET: 'files', S3_ENDPOINT: 's3:9000' })).toThrow(/^S3_ENDPOINT /)
})

test('000.19 the public address is one of the web', () => {
  expect(readConfig({}).publicUrl).toBeUndefined()
  expect(readConfig({ PUBLIC_URL: 'https://Chat.example.org/' }).publicUrl).toBe('https://chat.example.org')
  expect(readConfig({ PUBLIC_URL: 'http://x/api/' }).publicUrl).toBe('http://x/api')
  for (const PUBLIC_URL of ['chat.example.org', 'ftp://x', 'https://x?a=b', 'https://x#a'])
    expect(() => readConfig({ PUBLIC_URL })).toThrow(/^PUBLIC_URL /)
})

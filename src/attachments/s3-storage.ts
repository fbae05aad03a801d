import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { S3, type S3ClientConfig } from '@aws-sdk/client-s3'
import { S3Store } from '@tus/s3-store'
import { Upload } from '@tus/server'
import type { S3Config } from '../config.js'
import { isUuid } from '../limits/ids.js'
import type { ByteRange, FileKey, FileStorage } from './file-storage.js'
import type { UploadedFile, UploadStorage } from './upload-storage.js'

/** As servers other than Amazon's know it, too. */
const clientConfigOf = ({ region, endpoint, credentials }: S3Config): S3ClientConfig => ({
  region,
  ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
  ...(credentials && { credentials }),
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
})

const isMissing = (error: unknown) => {
  const { name, status_code } = error as { name?: string; status_code?: number }
  return status_code === 404 || ['NotFound', 'NoSuchKey', 'NoSuchUpload'].includes(name ?? '')
}

/** Null for what is not there. */
const unlessMissing = async <T>(answer: Promise<T>): Promise<T | null> => {
  try {
    return await answer
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

const keyOf = ({ id }: UploadedFile): FileKey => `uploads/${id}`

/** Files in a bucket. What is uploaded is a multipart upload of S3, which @tus/s3-store keeps, until it is whole. */
export class S3Storage implements FileStorage, UploadStorage {
  private readonly bucket: string
  private readonly client: S3
  private readonly uploads: S3Store

  constructor(config: S3Config) {
    const clientConfig = clientConfigOf(config)
    this.bucket = config.bucket
    this.client = new S3(clientConfig)
    this.uploads = new S3Store({ s3ClientConfig: { ...clientConfig, bucket: config.bucket }, useTags: false })
  }

  async read(key: FileKey, range?: ByteRange): Promise<Readable | null> {
    const Range = range && `bytes=${range.start}-${range.end}`
    const found = await unlessMissing(this.client.getObject({ Bucket: this.bucket, Key: key, Range }))
    return (found?.Body as Readable | undefined) ?? null
  }

  pieces(key: FileKey, range?: ByteRange): Promise<AsyncIterable<Buffer> | null> {
    return this.read(key, range)
  }

  async write(key: FileKey, localPath: string): Promise<void> {
    const { size: ContentLength } = await stat(localPath)
    await this.client.putObject({ Bucket: this.bucket, Key: key, Body: createReadStream(localPath), ContentLength })
  }

  async remove(key: FileKey): Promise<void> {
    // Of an upload that is under way, its parts; what @tus/s3-store keeps beside it.
    if (key.startsWith('uploads/')) await unlessMissing(this.uploads.remove(key))
    for (const Key of [key, `${key}.part`, `${key}.info`])
      await unlessMissing(this.client.deleteObject({ Bucket: this.bucket, Key }))
  }

  async *uploadIds(): AsyncGenerator<string> {
    const Prefix = 'uploads/'
    let ContinuationToken: string | undefined
    do {
      const page = await this.client.listObjectsV2({ Bucket: this.bucket, Prefix, ContinuationToken })
      // What @tus/s3-store keeps beside it.
      const ids = (page.Contents ?? []).map(({ Key = '' }) => Key.slice(Prefix.length).replace(/[.](?:part|info)$/, ''))
      yield* new Set(ids.filter(isUuid))
      ContinuationToken = page.NextContinuationToken
    } while (ContinuationToken !== undefined)
  }

  /** An object is there as a whole or not at all. */
  removeUnfinished(): Promise<number> {
    return Promise.resolve(0)
  }

  async offset(file: UploadedFile): Promise<number> {
    // It takes every failure for a file that is not there.
    return (await this.isThere(`${keyOf(file)}.info`)) ? (await this.uploads.getUpload(keyOf(file))).offset : 0
  }

  async append(file: UploadedFile, offset: number, bytes: Readable): Promise<number> {
    const key = keyOf(file)
    if (!(await this.isThere(`${key}.info`)))
      await this.uploads.create(new Upload({ id: key, size: file.sizeBytes, offset: 0 }))
    return this.uploads.write(bytes, key, offset)
  }

  async finish(file: UploadedFile): Promise<void> {
    const key = keyOf(file)
    // All parts are there, and nobody has put them together yet.
    if (!(await this.isThere(key))) await this.uploads.write(Readable.from([]), key, file.sizeBytes)
  }

  private async isThere(Key: string): Promise<boolean> {
    return (await unlessMissing(this.client.headObject({ Bucket: this.bucket, Key }))) !== null
  }
}

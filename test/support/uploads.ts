import { createReadStream } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { Upload, type UploadOptions } from 'tus-js-client'
import { hashOfStream } from './bytes.js'
import type { GraphqlAnswer, Variables } from './graphql-client.js'
import type { TestPerson } from './make.js'

export interface CreatedUpload {
  attachment: { id: string; fileName: string; mediaType: string; sizeBytes: number; status: string }
  uploadUrl: string
  expiresAt: string
}

export const CREATE_UPLOAD = `mutation ($input: CreateUploadInput!) { createUpload(input: $input) {
  uploadUrl expiresAt attachment { id fileName mediaType sizeBytes status durationSeconds } } }`

export const ATTACHMENT_UPDATED = 'subscription ($id: ID!) { attachmentUpdated(id: $id) { id status } }'

export interface AttachmentUpdated {
  attachmentUpdated: { id: string; status: string }
}

const described = (conversationId: string, given: Variables) => ({
  conversationId,
  fileName: 'letter.txt',
  mediaType: 'text/plain',
  sizeBytes: 10,
  ...given,
})

/** Errors and all. */
export const askForUpload = (person: TestPerson, conversationId: string, given: Variables = {}) =>
  person.ask<{ createUpload: CreatedUpload }>(CREATE_UPLOAD, { input: described(conversationId, given) })

export const createUpload = async (person: TestPerson, conversationId: string, given: Variables = {}) => {
  const input = described(conversationId, given)
  return (await person.request<{ createUpload: CreatedUpload }>(CREATE_UPLOAD, { input })).createUpload
}

export const refusalOf = ({ errors }: GraphqlAnswer<unknown>) => errors?.[0]?.extensions

/** One request of tus, as any client makes it. */
export const tus = (method: string, url: string, headers: Record<string, string> = {}, body?: Uint8Array) =>
  fetch(url, {
    method,
    headers: { 'tus-resumable': '1.0.0', ...headers },
    ...(body === undefined ? {} : { body: new Uint8Array(body) }),
  })

export const patch = (url: string, offset: number, body: Uint8Array, headers: Record<string, string> = {}) =>
  tus(
    'PATCH',
    url,
    { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream', ...headers },
    body,
  )

export const offsetOf = async (url: string): Promise<number> => {
  const response = await tus('HEAD', url)
  if (response.status !== 200) throw new Error(`HEAD answers ${response.status}`)
  return Number(response.headers.get('upload-offset'))
}

/** As `uploadUrl`, at another server. */
export const at = (server: { readonly url: string }, uploadUrl: string): string => {
  const { pathname, search } = new URL(uploadUrl)
  return server.url + pathname + search
}

/** A PATCH that does not end by itself: of `length` bytes, or without saying of how many, it brings `bytes`. */
export const beginPatch = (url: string, offset: number, { length, bytes }: { length?: number; bytes: Uint8Array }) => {
  const headers = {
    'tus-resumable': '1.0.0',
    'upload-offset': String(offset),
    'content-type': 'application/offset+octet-stream',
    ...(length === undefined ? {} : { 'content-length': String(length) }),
  }
  const sending = request(url, { method: 'PATCH', headers })
  const answer = new Promise<{ status: number | undefined }>((resolve, reject) => {
    sending.once('response', response => resolve({ status: response.resume().statusCode }))
    sending.once('error', reject)
  })
  answer.catch(() => {})
  const over = new Promise<void>(resolve => sending.once('close', resolve))
  const written = new Promise<void>(resolve => sending.write(bytes, () => resolve()))
  return { answer, over, written, sending }
}

/** Uploads with tus-js-client, to its end. */
export const uploadWithClient = (uploadUrl: string, bytes: Buffer, options: Partial<UploadOptions> = {}) =>
  new Promise<void>((resolve, reject) => {
    new Upload(bytes, {
      uploadUrl,
      uploadSize: bytes.length,
      retryDelays: null,
      onError: reject,
      onSuccess: () => resolve(),
      ...options,
    }).start()
  })

/** Of what is stored of the upload. */
export const storedHash = (filesDir: string, id: string): Promise<string> =>
  hashOfStream(createReadStream(join(filesDir, 'uploads', id)))

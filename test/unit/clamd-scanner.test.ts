import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { expect, test } from '@jest/globals'
import { ClamdScanner } from '../../src/attachments/clamd-scanner.js'
import { cleanUp } from '../support/cleanup.js'
import { EICAR } from '../support/make-files.js'
import { makeZip } from '../support/make-zip.js'
import { startClamd } from '../support/start-clamd.js'

const fileWith = async (bytes: Buffer | string) => {
  const folder = await mkdtemp(join(tmpdir(), 'colloquy-test-'))
  cleanUp(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'file'), bytes)
  return join(folder, 'file')
}

test('001.10 malware is found, in archives too, and nothing else is', async () => {
  const scanner = new ClamdScanner(await startClamd())
  expect(await scanner.answers()).toBe(true)
  expect(await scanner.scan(await fileWith('Hello'))).toBe('CLEAN')
  expect(await scanner.scan(await fileWith(EICAR))).toBe('INFECTED')
  const large = Buffer.alloc(20 * 1024 * 1024, 'a')
  expect(await scanner.scan(await fileWith(large))).toBe('CLEAN')
  expect(await scanner.scan(await fileWith(Buffer.concat([large, Buffer.from(EICAR)])))).toBe('INFECTED')
  expect(await scanner.scan(await fileWith(makeZip([{ name: 'a', content: EICAR }])))).toBe('INFECTED')
})

test('001.10 a file that the scanner takes no more of is not clean', async () => {
  const scanner = new ClamdScanner(await startClamd({ longestStream: '1M' }))
  await expect(scanner.scan(await fileWith(Buffer.alloc(30 * 1024 * 1024)))).rejects.toThrow()
  expect(await scanner.scan(await fileWith('Hello'))).toBe('CLEAN')
})

test('001.10 a scanner that is not there, or says nothing that makes sense, or nothing, has found nothing out', async () => {
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, socket => sockets.add(socket.on('error', () => {}).resume()))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  cleanUp(close)
  const path = await fileWith('Hello')
  const scanner = new ClamdScanner({ host: '127.0.0.1', port }, 300)
  await expect(scanner.scan(path)).rejects.toThrow('does not answer')
  await expect(scanner.answers()).rejects.toThrow('does not answer')
  server.once('connection', socket => socket.end('stream: UNKNOWN COMMAND\0'))
  await expect(scanner.scan(path)).rejects.toThrow('UNKNOWN COMMAND')
  server.once('connection', socket => socket.end())
  await expect(scanner.scan(path)).rejects.toThrow('clamd answers')
  await close()
  await expect(scanner.scan(path)).rejects.toThrow('ECONNREFUSED')
})

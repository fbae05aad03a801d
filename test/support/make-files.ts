import { readFileSync } from 'node:fs'
import { makeZip, type ZipEntry } from './make-zip.js'

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Recorded by Chromium's MediaRecorder (voice-note, video-note) or made by ffmpeg. */
export const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/files/${name}`, import.meta.url))

/** What virus scanners take for malware by agreement, in two parts, so that this file is none. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')

/** Silence. */
export const makeWav = (seconds: number): Buffer => {
  const rate = 8_000
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + seconds * rate, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(seconds * rate, 40)
  return Buffer.concat([header, Buffer.alloc(seconds * rate, 0x80)])
}

export const makePdf = (filling = ''): Buffer =>
  Buffer.from(
    [
      '%PDF-1.4',
      '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
      '2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj',
      `3 0 obj<</Length ${filling.length}>>stream\n${filling}\nendstream endobj`,
      'trailer<</Root 1 0 R>>',
      'startxref',
      '0',
      '%%EOF\n',
    ].join('\n'),
    'latin1',
  )

const officeEntries = (mediaType: string, part: string): ZipEntry[] => [
  {
    name: '[Content_Types].xml',
    content: `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/${part}" ContentType="${mediaType}.main+xml"/></Types>`,
  },
  { name: '_rels/.rels', content: '<?xml version="1.0"?><Relationships/>' },
  { name: part, content: '<?xml version="1.0"?><document>Hello</document>' },
]

export const makeDocx = (more: readonly ZipEntry[] = []): Buffer =>
  makeZip([...officeEntries(DOCX, 'word/document.xml'), ...more])

export const makeXlsx = (more: readonly ZipEntry[] = []): Buffer =>
  makeZip([...officeEntries(XLSX, 'xl/workbook.xml'), ...more])

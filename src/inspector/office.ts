import { text } from 'node:stream/consumers'
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import type { MediaType } from '../attachments/media-types.js'
import { readBy, Rejected } from './rejected.js'

const MOST_ENTRIES = 10_000
const MOST_BYTES = 512 * 1024 * 1024
/** A sheet of like rows is packed to a hundredth at best. */
const MOST_RATIO = 200
/** Below it a high ratio does no harm. */
const HARMLESS_BYTES = 16 * 1024 * 1024
const LOCAL_HEADER_BYTES = 30
const LONGEST_CONTENT_TYPES = 1024 * 1024

const OPEN_XML = 'application/vnd.openxmlformats-officedocument'
/** Some writers number the main part. */
const KINDS: readonly { mediaType: MediaType; mainPart: RegExp }[] = [
  { mediaType: `${OPEN_XML}.wordprocessingml.document`, mainPart: /^word\/document\d*[.]xml$/ },
  { mediaType: `${OPEN_XML}.spreadsheetml.sheet`, mainPart: /^xl\/workbook\d*[.]xml$/ },
]
const CONTENT_TYPES = '[Content_Types].xml'
const MACROS = /vbaproject|macroenabled|macrosheet/i

/** A bomb, or a trick: each part has a place of its own. */
const overlap = (entries: readonly Entry[]): boolean => {
  let end = 0
  return entries
    .toSorted((one, other) => one.relativeOffsetOfLocalHeader - other.relativeOffsetOfLocalHeader)
    .some(({ relativeOffsetOfLocalHeader: begin, fileNameLength, compressedSize }) => {
      const overlaps = begin < end
      end = begin + LOCAL_HEADER_BYTES + fileNameLength + compressedSize
      return overlaps
    })
}

const readEntries = async (zip: ZipFile): Promise<Map<string, Entry>> => {
  if (zip.entryCount > MOST_ENTRIES) throw new Rejected('TOO_LARGE')
  const entries = new Map<string, Entry>()
  let [packed, unpacked] = [0, 0]
  for await (const entry of zip.eachEntry()) {
    packed += entry.compressedSize
    unpacked += entry.uncompressedSize
    if (unpacked > MOST_BYTES || (unpacked > HARMLESS_BYTES && unpacked > packed * MOST_RATIO))
      throw new Rejected('TOO_LARGE')
    // Of two with one name, who opens it may read another than was inspected.
    const name = entry.fileName.toLowerCase()
    if (entries.has(name)) throw new Rejected('MALFORMED')
    entries.set(name, entry)
  }
  if (overlap([...entries.values()])) throw new Rejected('MALFORMED')
  return entries
}

const readContentTypes = async (zip: ZipFile, entry: Entry | undefined) => {
  if (!entry) throw new Rejected('TYPE_NOT_ALLOWED')
  if (entry.uncompressedSize > LONGEST_CONTENT_TYPES) throw new Rejected('MALFORMED')
  // It fails where the entry is longer than it says.
  return text(await zip.openReadStreamPromise(entry))
}

/** By the archive's own directory, and without unpacking it: any other archive is refused. */
export const typeOfOfficeDocument = (path: string): Promise<MediaType> =>
  readBy(async () => {
    const zip = await openPromise(path, { autoClose: false, strictFileNames: true })
    try {
      const entries = await readEntries(zip)
      const names = [...entries.keys()]
      const types = await readContentTypes(zip, entries.get(CONTENT_TYPES.toLowerCase()))
      if (MACROS.test(types) || names.some(name => MACROS.test(name))) throw new Rejected('TYPE_NOT_ALLOWED')
      const kind = KINDS.find(({ mainPart }) => names.some(name => mainPart.test(name)))
      if (!kind || !types.includes(`${kind.mediaType}.main+xml`)) throw new Rejected('TYPE_NOT_ALLOWED')
      return kind.mediaType
    } finally {
      zip.close()
    }
  })

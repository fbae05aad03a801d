/** What may be uploaded, by the names that are stored and given out; and the other names under which clients know them. */
const NAMES = {
  'image/jpeg': ['image/jpg', 'image/pjpeg'],
  'image/png': ['image/x-png'],
  'image/webp': [],
  'image/gif': [],
  'application/pdf': ['application/x-pdf'],
  'text/plain': [],
  'audio/mpeg': ['audio/mp3', 'audio/mpeg3', 'audio/x-mp3', 'audio/x-mpeg'],
  'audio/mp4': ['audio/m4a', 'audio/x-m4a', 'audio/mp4a-latm'],
  'audio/ogg': ['application/ogg', 'audio/x-ogg', 'audio/opus', 'audio/vorbis'],
  'audio/webm': [],
  'audio/wav': ['audio/x-wav', 'audio/wave', 'audio/vnd.wave'],
  'video/mp4': ['video/x-m4v'],
  'video/webm': [],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': [],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': [],
} as const satisfies Record<string, readonly string[]>

export type MediaType = keyof typeof NAMES

/** How the names of such files end; what is called otherwise gets the first. None that a system would run or show as a page. */
export const EXTENSIONS: Readonly<Record<MediaType, readonly [string, ...string[]]>> = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/gif': ['gif'],
  'application/pdf': ['pdf'],
  'text/plain': ['txt', 'text', 'log', 'md', 'csv', 'tsv'],
  'audio/mpeg': ['mp3'],
  'audio/mp4': ['m4a', 'mp4'],
  'audio/ogg': ['ogg', 'oga', 'opus'],
  'audio/webm': ['webm', 'weba'],
  'audio/wav': ['wav', 'wave'],
  'video/mp4': ['mp4', 'm4v'],
  'video/webm': ['webm'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
}

export const MEDIA_TYPES = Object.keys(NAMES) as readonly MediaType[]

const CANONICAL: ReadonlyMap<string, MediaType> = new Map(
  MEDIA_TYPES.flatMap(type => [type, ...NAMES[type]].map(name => [name, type] as const)),
)

/** Without parameters such as `;codecs=opus`. Null for what is not taken. */
export const normaliseMediaType = (claimed: string): MediaType | null =>
  CANONICAL.get((claimed.split(';', 1)[0] ?? '').trim().toLowerCase()) ?? null

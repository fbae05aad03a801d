import { useChatClient } from '@colloquy/apollo/react'
import { useEffect, useRef, useState } from 'react'
import { FileUpload, STARTING, type UploadState } from './file-upload.js'

/** A file that was chosen, until it is sent or removed. */
export interface ChosenFile extends UploadState {
  key: string
  file: File
  /** Of a voice note. */
  seconds: number | null
}

/** Files on their way to a conversation. They go with it: who leaves it meanwhile chooses them again. */
export const useUploads = (conversationId: string) => {
  const client = useChatClient()
  const [files, setFiles] = useState<readonly ChosenFile[]>([])
  const uploads = useRef(new Map<string, FileUpload>())

  const change = (key: string, changes: Partial<UploadState>) =>
    setFiles(all => all.map(one => (one.key === key ? { ...one, ...changes } : one)))
  const start = ({ key, file, seconds }: ChosenFile) => {
    const upload = new FileUpload(client, file, changes => change(key, changes))
    uploads.current.set(key, upload)
    const input = { conversationId, fileName: file.name, mediaType: file.type, sizeBytes: file.size }
    void upload.start(seconds === null ? input : { ...input, durationSeconds: seconds })
  }
  const discard = (key: string) => {
    uploads.current.get(key)?.discard()
    uploads.current.delete(key)
  }

  useEffect(() => {
    const all = uploads.current
    return () => {
      for (const upload of all.values()) upload.discard()
    }
  }, [])

  return {
    files,
    add: (chosen: readonly File[], seconds: number | null = null) => {
      const added = chosen.map((file): ChosenFile => ({ key: crypto.randomUUID(), file, seconds, ...STARTING }))
      setFiles(all => [...all, ...added])
      for (const one of added) start(one)
    },
    pause: (key: string) => uploads.current.get(key)?.pause(),
    resume: (key: string) => uploads.current.get(key)?.resume(),
    retry: (chosen: ChosenFile) => {
      discard(chosen.key)
      change(chosen.key, STARTING)
      start(chosen)
    },
    remove: (key: string) => {
      discard(key)
      setFiles(all => all.filter(one => one.key !== key))
    },
    /** They are sent: what happens to them is no more the page's business. */
    clear: () => {
      uploads.current.clear()
      setFiles([])
    },
  }
}

export type Uploads = ReturnType<typeof useUploads>

import { Textarea } from '@mantine/core'
import type { ClipboardEvent, KeyboardEvent, RefObject } from 'react'
import { strings } from '../strings.js'

/** As the server has it unless it is configured otherwise; by then it says so itself. */
const LONGEST = 5_000
const TELL_FROM = 500

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  onSubmit: () => void
  onEscape?: () => void
  onBlur?: () => void
  onFiles?: (files: File[]) => void
  error?: string | null
  field?: RefObject<HTMLTextAreaElement | null>
}

const remaining = (text: string) => LONGEST - [...text.trim()].length

export const isTooLong = (text: string): boolean => remaining(text) < 0

/** Whether it can be sent by itself. */
export const isSendable = (text: string): boolean => text.trim() !== '' && !isTooLong(text)

/** Enter sends, Shift and Enter begin a new line. */
export const MessageField = (props: Props) => {
  const { label, value, onChange, onSubmit, onEscape, onBlur, onFiles, error, field } = props
  const left = remaining(value)
  const onKeyDown = (event: KeyboardEvent) => {
    // While a word is composed, as in Japanese, Enter accepts the word; 229 is what Safari says of it.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (event.key === 'Escape') onEscape?.()
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    onSubmit()
  }
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files]
    if (!onFiles || files.length === 0) return
    event.preventDefault()
    onFiles(files)
  }
  return (
    <Textarea
      ref={field}
      flex={1}
      aria-label={label}
      placeholder={label}
      autosize
      minRows={1}
      maxRows={8}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
      onPaste={onPaste}
      inputWrapperOrder={['input', 'description', 'error']}
      description={left >= 0 && left < TELL_FROM ? strings.conversation.remaining(left) : undefined}
      error={left < 0 ? strings.conversation.tooLong(-left) : error}
    />
  )
}

import { useEffect, useState } from 'react'
import { showError, showFailure } from '../show-error.js'
import { strings } from '../strings.js'
import { focusItem, type ListRefs } from './focus-item.js'
import { isPending, type Item } from './rows.js'

/** How many pages are read on the way to a message. */
const MOST_PAGES = 40
const HIGHLIGHT_MS = 3_000

export interface Target {
  id: string
  /** How many were read so far. */
  pages: number
}

interface Known {
  items: readonly Item[]
  hasOlder: boolean
  loadOlder: () => Promise<void>
  target: Target | null
  onTarget: (target: Target | null) => void
}

/** Goes to a message that may not have been read yet: older pages, until it is there. The id of the one that was found just now. */
export const useJump = ({ items, hasOlder, loadOlder, target, onTarget }: Known, list: ListRefs) => {
  const [highlighted, setHighlighted] = useState<string | null>(null)

  useEffect(() => {
    if (!target) return
    let isCurrent = true
    const readOn = () =>
      loadOlder().then(
        () => isCurrent && onTarget({ ...target, pages: target.pages + 1 }),
        (error: unknown) => {
          if (isCurrent) onTarget(null)
          showError(error)
        },
      )
    const index = items.findIndex(item => !isPending(item) && item.id === target.id)
    const item = items[index]
    if (item) {
      onTarget(null)
      setHighlighted(target.id)
      focusItem(list, index, item, 'center')
    } else if (!hasOlder || target.pages === MOST_PAGES) {
      onTarget(null)
      showFailure(strings.conversation.jumpFailed)
    } else void readOn()
    return () => {
      isCurrent = false
    }
  }, [target])

  useEffect(() => {
    if (highlighted === null) return
    const timer = setTimeout(() => setHighlighted(null), HIGHLIGHT_MS)
    return () => clearTimeout(timer)
  }, [highlighted])

  return highlighted
}

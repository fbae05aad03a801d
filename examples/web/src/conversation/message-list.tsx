import { Button, Loader, Text } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import { Virtuoso, type ContextProp, type VirtuosoHandle } from 'react-virtuoso'
import { showError } from '../show-error.js'
import { strings } from '../strings.js'
import classes from './message-list.module.css'
import { MessageRow } from './message-row.js'
import { isPending, keyOf, rowOf, type Item, type RowContext } from './rows.js'
import { useJump, type Target } from './use-jump.js'
import { useFollowOwn, useStayAtNewest, useUnseen } from './use-newest.js'
import { useRoving } from './use-roving.js'

interface Props {
  items: readonly Item[]
  hasOlder: boolean
  loadOlder: () => Promise<void>
  viewerId: string
  firstUnreadSeq: number | null
  target: Target | null
  onTarget: (target: Target | null) => void
  isAtNewest: boolean
  onAtNewest: (isAtNewest: boolean) => void
}

interface Context extends RowContext {
  hasOlder: boolean
}

/** Of the same height with either text, so that nothing moves. */
const Beginning = ({ context: { hasOlder } }: ContextProp<Context>) => (
  <div className={classes.beginning}>
    {hasOlder ? <Loader size="sm" aria-hidden /> : <Text size="sm">{strings.conversation.beginning}</Text>}
  </div>
)

const End = () => <div className={classes.end} />

const firstSeq = ([first]: readonly Item[]) => (first && !isPending(first) ? first.seq : 1)

/** Only what is seen is on the page, however long the conversation. */
export const MessageList = (props: Props) => {
  const { items: known, hasOlder, loadOlder, viewerId, firstUnreadSeq, isAtNewest, onAtNewest } = props
  // What begins a day or a group is known by what is before: of the oldest it is not, and later it would move.
  const items = useMemo(() => (hasOlder ? known.slice(1) : known), [known, hasOlder])
  const virtuoso = useRef<VirtuosoHandle>(null)
  const [opensAt] = useState(() => items.findIndex(item => !isPending(item) && item.seq === firstUnreadSeq))
  const scroller = useRef<HTMLElement | null>(null)
  const { activeKey, onKeyDown, onFocus } = useRoving(items, { virtuoso, scroller })
  const unseen = useUnseen(items, viewerId, isAtNewest)
  const context = useMemo(() => ({ hasOlder, viewerId, firstUnreadSeq }), [hasOlder, viewerId, firstUnreadSeq])
  const first = firstSeq(items)
  useFollowOwn(items, virtuoso)
  useStayAtNewest(isAtNewest, scroller)
  const highlighted = useJump(props, { virtuoso, scroller })
  const toNewest = () => virtuoso.current?.scrollToIndex({ index: 'LAST', align: 'end' })
  return (
    <div className={classes.frame} onKeyDown={onKeyDown} onFocus={onFocus}>
      <Virtuoso<Item, Context>
        ref={virtuoso}
        scrollerRef={element => (scroller.current = element as HTMLElement | null)}
        role="feed"
        aria-label={strings.conversation.messages}
        tabIndex={-1}
        className={classes.list}
        data={items}
        context={context}
        components={{ Header: Beginning, Footer: End }}
        // Numbers without a gap: what comes before the first does not move what is shown.
        firstItemIndex={first}
        initialTopMostItemIndex={opensAt >= 0 ? { index: opensAt, align: 'start' } : { index: 'LAST', align: 'end' }}
        computeItemKey={(_, item) => keyOf(item)}
        itemContent={(index, item, rows) => (
          <MessageRow
            {...rowOf(item, known[index - first - 1 + known.length - items.length], rows)}
            isActive={keyOf(item) === activeKey}
            isHighlighted={!isPending(item) && item.id === highlighted}
          />
        )}
        startReached={() => {
          if (hasOlder) loadOlder().catch(showError)
        }}
        increaseViewportBy={400}
        // What is measured has its place before it is painted.
        skipAnimationFrameInResizeObserver
        atBottomThreshold={48}
        atBottomStateChange={onAtNewest}
        followOutput={isAtBottom => isAtBottom && 'auto'}
        alignToBottom
      />
      {!isAtNewest && (
        <Button
          className={classes.toNewest}
          size="compact-md"
          radius="xl"
          leftSection={<IconArrowDown size={16} />}
          onClick={toNewest}
        >
          {strings.conversation.toNewest}
          {unseen > 0 && ` (${strings.conversation.newBelow(unseen)})`}
        </Button>
      )}
    </div>
  )
}

import { Button, Title } from '@mantine/core'
import { useId, type ReactNode } from 'react'
import { strings } from '../strings.js'

interface Props {
  heading: string
  items: { id: string; row: ReactNode }[]
  /** Undefined behind the last page. */
  loadMore: (() => void) | undefined
}

export const ResultSection = ({ heading, items, loadMore }: Props) => {
  const headingId = useId()
  if (items.length === 0) return null
  return (
    <section aria-labelledby={headingId}>
      <Title order={3} size="h6" id={headingId} px="md" pt="md">
        {heading}
      </Title>
      <ul className="plain-list">
        {items.map(({ id, row }) => (
          <li key={id}>{row}</li>
        ))}
      </ul>
      {loadMore && (
        <Button variant="subtle" onClick={loadMore}>
          {strings.inbox.more}
        </Button>
      )}
    </section>
  )
}

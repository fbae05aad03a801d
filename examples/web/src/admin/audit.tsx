import { Button, Loader, ScrollArea, Stack, Text, Title } from '@mantine/core'
import { useChatClient } from '@colloquy/apollo/react'
import { useCallback, useState } from 'react'
import { errorText } from '../error-text.js'
import { AuditEventsDocument, type AuditEventsQuery, type AuditFilter } from '../operations.js'
import { strings } from '../strings.js'
import { pageOf, usePages } from '../use-pages.js'
import { AuditFilters } from './audit-filters.js'
import { AuditTable } from './audit-table.js'

export type AuditEvent = AuditEventsQuery['auditLog']['edges'][number]['node']

const useAuditLog = (filter: AuditFilter) => {
  const client = useChatClient()
  return usePages(
    useCallback(
      async (after: string | null) => {
        const variables = { filter, after }
        // Nothing of it stays in the browser.
        const { data } = await client.query({ query: AuditEventsDocument, variables, fetchPolicy: 'no-cache' })
        return pageOf(data?.auditLog)
      },
      [client, filter],
    ),
  )
}

/** What was read, written and refused, and by whom; the newest first. */
export const Audit = () => {
  const [filter, setFilter] = useState<AuditFilter>({})
  const { items, after, isLoading, error, loadMore } = useAuditLog(filter)
  return (
    <ScrollArea h="100%" viewportProps={{ tabIndex: 0 }}>
      <Stack p="md">
        <Title order={2}>{strings.admin.audit}</Title>
        <AuditFilters onApply={setFilter} />
        {items.length > 0 && <AuditTable events={items} />}
        <div role="status">
          {isLoading && <Loader aria-label={strings.common.loading} />}
          {!isLoading && error === null && items.length === 0 && <Text>{strings.admin.noEvents}</Text>}
        </div>
        {error !== null && <Text role="alert">{errorText(error)}</Text>}
        {(after !== null || error !== null) && !isLoading && (
          <Button variant="default" onClick={loadMore}>
            {error === null ? strings.admin.olderEvents : strings.common.tryAgain}
          </Button>
        )}
      </Stack>
    </ScrollArea>
  )
}

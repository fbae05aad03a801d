import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { ContactsDocument, type ContactsQuery } from '../operations.js'
import { usePagedQuery } from '../use-paged-query.js'

export type Contact = ContactsQuery['contacts']['edges'][number]['node']

/** The people whom the viewer may start a conversation with, found by a part of their names. */
export const useContacts = () => {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 300)
  const { items, isLoading, error, loadMore } = usePagedQuery({
    query: ContactsDocument,
    variables: { search, first: 30 },
    connectionOf: ({ contacts }) => contacts,
  })
  return {
    contacts: items,
    isLoading,
    error,
    search: { value: typed, onChange: ({ target }: { target: { value: string } }) => setTyped(target.value) },
    loadMore,
  }
}

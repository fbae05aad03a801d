import { Select } from '@mantine/core'
import { errorText } from '../error-text.js'
import { useContacts } from '../inbox/use-contacts.js'
import { strings } from '../strings.js'

interface Props {
  label: string
  value: string | null
  onChange: (id: string | null) => void
  required?: boolean
}

/** One of all people, found by name. */
export const PersonSelect = (props: Props) => {
  const { contacts, isLoading, error, search } = useContacts()
  return (
    <Select
      {...props}
      placeholder={strings.admin.search}
      searchable
      searchValue={search.value}
      onSearchChange={value => search.onChange({ target: { value } })}
      // The server has searched already.
      filter={({ options }) => options}
      data={contacts.map(({ id, displayName }) => ({ value: id, label: displayName }))}
      error={error && errorText(error)}
      nothingFoundMessage={isLoading ? strings.common.loading : error ? undefined : strings.admin.nobodyFound}
    />
  )
}

import { useQuery } from '@apollo/client/react'
import { whenOpen } from '@colloquy/apollo'
import { useChatClient } from '@colloquy/apollo/react'
import { useEffect } from 'react'
import { RunningGrantsDocument, type GrantFieldsFragment } from '../operations.js'
import { showError, showUnlessPassing } from '../show-error.js'

export type Grant = GrantFieldsFragment

/** The viewer's own. */
export const useRunningGrants = (adminId: string) => {
  const { connection } = useChatClient()
  const { data, error, refetch } = useQuery(RunningGrantsDocument, { variables: { adminId }, fetchPolicy: 'no-cache' })
  const readAgain = () => void refetch().catch(showError)
  useEffect(() => whenOpen(connection, () => void refetch().catch(showUnlessPassing)), [connection, refetch])
  return { grants: data?.accessGrants.edges.map(({ node }) => node), error, readAgain }
}

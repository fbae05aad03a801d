import { useQuery } from '@apollo/client/react'
import { follow, SessionUpdatedDocument, whenOpen } from '@colloquy/apollo'
import { useChatClient } from '@colloquy/apollo/react'
import { useEffect } from 'react'
import { RunningCallsDocument, type RunningCallsQuery } from '../operations.js'

export type RunningCall = RunningCallsQuery['sessions']['edges'][number]['node']

/** The VOICE and VIDEO sessions of all of the viewer's conversations that run now. */
export const useRunningCalls = (): RunningCall[] => {
  const client = useChatClient()
  const { data, refetch } = useQuery(RunningCallsDocument, { fetchPolicy: 'no-cache' })
  useEffect(() => {
    // What runs stays as it was until it can be read again.
    const readAgain = () => void refetch().catch(() => {})
    const unfollow = follow(client, SessionUpdatedDocument, {}, readAgain, () => {})
    // Events do not say what was missed.
    const unsubscribe = whenOpen(client.connection, readAgain)
    return () => {
      unfollow()
      unsubscribe()
    }
  }, [client, refetch])
  return data?.sessions.edges.map(({ node }) => node) ?? []
}

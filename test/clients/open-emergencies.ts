import type { ApolloClient } from '@apollo/client'
import { follow, type View } from './follow.js'
import {
  EmergenciesUpdatedDocument,
  OpenEmergenciesDocument,
  UnreadNotificationsDocument,
  type MessagePartsFragment,
} from './operations.js'

/** Shows what nobody has acknowledged, the oldest first. Returns what closes it. */
export const openEmergencies = (
  client: ApolloClient,
  { show, fail }: View<MessagePartsFragment[]>,
  pollInterval = 15_000,
) => {
  // An admin who takes no part is not told that somebody took one on: so it is asked for now and then.
  const emergencies = client.watchQuery({
    query: OpenEmergenciesDocument,
    variables: { first: 100 },
    fetchPolicy: 'network-only',
    pollInterval,
  })
  const isOpen = ({ emergency, deletedAt }: MessagePartsFragment) => !emergency?.acknowledgedAt && deletedAt === null
  const watching = emergencies.subscribe(({ data, dataState, error }) => {
    if (error) fail(error)
    else if (dataState === 'complete') show(data.openEmergencies.edges.map(({ node }) => node).filter(isOpen))
  })
  const unfollow = [
    // Each emergency is a notification as well, and so a change of this. The present count comes after each reconnect.
    follow(client, UnreadNotificationsDocument, {}, { show: () => void emergencies.refetch().catch(fail), fail }),
    // What it brings is in the cache, and so in the list.
    follow(client, EmergenciesUpdatedDocument, {}, { show: () => {}, fail }),
  ]
  return () => {
    for (const end of unfollow) end()
    watching.unsubscribe()
  }
}

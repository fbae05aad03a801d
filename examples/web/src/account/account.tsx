import { useQuery } from '@apollo/client/react'
import { Alert, Container, Loader, ScrollArea, Stack, Title } from '@mantine/core'
import { errorText } from '../error-text.js'
import { AccountDocument } from '../operations.js'
import type { DemoPerson } from '../people.js'
import { strings } from '../strings.js'
import { AccessReport } from './access-report.js'
import { PresenceChoice } from './presence-choice.js'
import { Practice } from './practice.js'
import { Wallet } from './wallet.js'

/** What is the viewer's own. */
export const Account = ({ person }: { person: DemoPerson }) => {
  const { data, error } = useQuery(AccountDocument, { fetchPolicy: 'cache-and-network' })
  const isAdmin = person.roles.includes('ADMIN')
  return (
    <ScrollArea flex={1}>
      <Container size="sm" p="md">
        <Stack gap="xl">
          <Title order={2}>{strings.account.heading}</Title>
          {error && (
            <Alert color="red" role="alert">
              {errorText(error)}
            </Alert>
          )}
          {!data && !error && <Loader aria-label={strings.common.loading} role="status" />}
          {data && <PresenceChoice presence={data.me.presence} />}
          {data?.me.professional && <Practice profile={data.me.professional} />}
          {!isAdmin && <Wallet />}
          {!isAdmin && <AccessReport />}
        </Stack>
      </Container>
    </ScrollArea>
  )
}

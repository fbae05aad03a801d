import { Button, Loader, ScrollArea, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { errorText } from '../error-text.js'
import type { DemoPerson } from '../people.js'
import { strings } from '../strings.js'
import { AskAccess } from './ask-access.js'
import { GrantCard } from './grant-card.js'
import { useRunningGrants } from './running-grants.js'

/** Break-glass: what a person sees, for a time and a reason. */
export const Access = ({ person }: { person: DemoPerson }) => {
  const { grants, error, readAgain } = useRunningGrants(person.id)
  const [over, setOver] = useState<string>()
  return (
    <ScrollArea h="100%" viewportProps={{ tabIndex: 0 }}>
      <Stack p="md" maw={800}>
        <Title order={2}>{strings.admin.access}</Title>
        <Text>{strings.admin.accessHint}</Text>
        <AskAccess onGiven={readAgain} />
        <Title order={3}>{strings.admin.running}</Title>
        {!grants && !error && <Loader aria-label={strings.common.loading} />}
        {error && (
          <Text role="alert">
            {errorText(error)} <Button onClick={readAgain}>{strings.common.tryAgain}</Button>
          </Text>
        )}
        <div role="status">
          {over !== undefined && <Text>{strings.admin.accessOver(over)}</Text>}
          {grants?.length === 0 && <Text>{strings.admin.noneRunning}</Text>}
        </div>
        {grants?.map(grant => (
          <GrantCard
            key={grant.id}
            grant={grant}
            onOver={() => {
              setOver(grant.subject.displayName)
              readAgain()
            }}
          />
        ))}
      </Stack>
    </ScrollArea>
  )
}

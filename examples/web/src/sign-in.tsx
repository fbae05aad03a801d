import { Alert, Avatar, Button, Center, Loader, Paper, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { DemoPerson } from './people.js'
import { rolesText } from './roles-text.js'
import { strings } from './strings.js'

interface Props {
  /** Undefined until they are there, null where they cannot be had. */
  people: DemoPerson[] | null | undefined
  onChoose: (person: DemoPerson) => void
  onTryAgain: () => void
}

export const SignIn = ({ people, onChoose, onTryAgain }: Props) => {
  useDocumentTitle(strings.common.title)
  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper withBorder p="xl" radius="md" w="100%" maw={420}>
        <Stack>
          <Title order={1} size="h2">
            {strings.signIn.title}
          </Title>
          <Text c="dimmed">{strings.signIn.hint}</Text>
          {people === undefined && <Loader aria-label={strings.common.loading} role="status" />}
          {people === null && (
            <Alert color="red" role="alert" title={strings.signIn.failed}>
              <Button onClick={onTryAgain}>{strings.common.tryAgain}</Button>
            </Alert>
          )}
          {people?.length === 0 && <Text role="alert">{strings.signIn.nobody}</Text>}
          {people?.map(person => (
            <Person key={person.id} person={person} onChoose={onChoose} />
          ))}
        </Stack>
      </Paper>
    </Center>
  )
}

const Person = ({ person, onChoose }: { person: DemoPerson; onChoose: Props['onChoose'] }) => (
  <Button
    variant="default"
    size="lg"
    justify="flex-start"
    leftSection={<Avatar name={person.displayName} size="sm" aria-hidden />}
    onClick={() => onChoose(person)}
  >
    {person.displayName}
    <Text span c="dimmed" size="sm" ms="xs">
      {rolesText(person)}
    </Text>
  </Button>
)

import { ApolloProvider } from '@apollo/client/react'
import { createChatClient, type ChatClient } from '@colloquy/apollo'
import { notifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import { CallProvider } from './calls/call-provider.js'
import { fetchPeople, remembered, tokenSource, type DemoPerson } from './people.js'
import { goTo, paths } from './routes.js'
import { Shell } from './shell.js'
import { showError } from './show-error.js'
import { SignIn } from './sign-in.js'

interface SignedIn {
  person: DemoPerson
  client: ChatClient
}

const signIn = (person: DemoPerson): SignedIn => {
  remembered.keep(person.id)
  const client = createChatClient({
    url: new URL('graphql', document.baseURI).href,
    getToken: tokenSource(person),
    // Survives a reload, and ends with the tab: it holds texts.
    outboxStorage: sessionStorage,
    outboxKey: person.id,
  })
  return { person, client }
}

export const App = () => {
  const [people, setPeople] = useState<DemoPerson[] | null>()
  const [signedIn, setSignedIn] = useState<SignedIn>()

  /** As whoever it was before, if anybody. */
  const load = () => {
    setPeople(undefined)
    fetchPeople().then(
      found => {
        setPeople(found)
        const before = found.find(({ id }) => id === remembered.read())
        if (before) setSignedIn(signIn(before))
      },
      () => setPeople(null),
    )
  }
  useEffect(load, [])

  if (!signedIn) return <SignIn people={people} onChoose={person => setSignedIn(signIn(person))} onTryAgain={load} />
  const { person, client } = signedIn
  const signOut = () => {
    void client.close()
    remembered.forget()
    // They are nobody else's to read.
    notifications.clean()
    setSignedIn(undefined)
    goTo(paths.home)
  }
  /** What is open stays open, with what is written there. */
  const signInAgain = async () => {
    const again = (await fetchPeople()).find(({ id }) => id === person.id)
    if (!again) return signOut()
    void client.close()
    setSignedIn(signIn(again))
  }
  return (
    <ApolloProvider client={client}>
      <CallProvider key={person.id} person={person}>
        <Shell person={person} onSignOut={signOut} onSignInAgain={() => void signInAgain().catch(showError)} />
      </CallProvider>
    </ApolloProvider>
  )
}

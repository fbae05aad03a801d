import { ApolloProvider } from '@apollo/client/react'
import { createChatClient } from '@colloquy/apollo'
import { useConnection, useConversation, useConversations } from '@colloquy/apollo/react'
import { useState, type FormEvent } from 'react'
import { createRoot } from 'react-dom/client'

const Conversation = ({ id }: { id: string }) => {
  const { messages, pending, typing, hasOlder, loadOlder, actions } = useConversation(id)
  const [text, setText] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    actions?.send(text)
    setText('')
  }
  return (
    <section>
      {hasOlder && <button onClick={() => void loadOlder()}>Older messages</button>}
      <ol>
        {messages.map(({ id, sender, body }) => (
          <li key={id}>
            {sender?.displayName}: {body ?? 'deleted'}
          </li>
        ))}
        {pending.map(({ clientMessageId, input, status }) => (
          <li key={clientMessageId}>
            {input.body} ({status === 'WAITING' ? 'not sent yet' : 'refused'})
          </li>
        ))}
      </ol>
      {typing.map(({ id, displayName }) => (
        <p key={id}>{displayName} is typing …</p>
      ))}
      <form onSubmit={send}>
        <input
          aria-label="Message"
          value={text}
          onChange={({ target }) => {
            setText(target.value)
            actions?.setTyping(target.value !== '')
          }}
        />
      </form>
    </section>
  )
}

const Chat = () => {
  const { conversations } = useConversations()
  const connection = useConnection()
  const [opened, setOpened] = useState<string>()
  return (
    <main>
      {connection === 'LOST' && <p role="status">There is no connection. What you write is sent once it is back.</p>}
      {connection === 'REFUSED' && <p role="alert">Please sign in again.</p>}
      <nav>
        {conversations.map(({ id, title, counterpart, unreadCount }) => (
          <button key={id} onClick={() => setOpened(id)}>
            {title ?? counterpart?.displayName} ({unreadCount})
          </button>
        ))}
      </nav>
      {opened && <Conversation id={opened} />}
    </main>
  )
}

/** What the page was made with: the address of the API, and where tokens come from. */
export const startChat = (url: string, getToken: () => Promise<string>) => {
  const client = createChatClient({ url, getToken })
  createRoot(document.body).render(
    <ApolloProvider client={client}>
      <Chat />
    </ApolloProvider>,
  )
}

/** The tabs that a newcomer finds. */
export const examples = [
  {
    query: `# Paste a token above: "npm start" prints one
# for each demo person. Then press ▶ or Ctrl-Enter.
# Ctrl-Space completes; the book describes it all.

query Conversations {
  me { id displayName }
  conversations(first: 10) {
    edges {
      node {
        id
        counterpart { displayName }
        lastMessage { body }
        unreadCount
      }
    }
  }
}
`,
  },
  {
    query: `# Shows each new message as it comes, the newest above.
# Put the id of a conversation into the variables,
# press ▶, and send a message from a second window.

subscription MessageAdded($conversationId: ID!) {
  messageAdded(conversationId: $conversationId) {
    seq
    sender { displayName }
    body
    createdAt
  }
}
`,
    variables: JSON.stringify({ conversationId: '' }, null, 2),
  },
  {
    query: `# An answer means: the message is stored. Sent again
# with the same clientMessageId, it is stored once.

mutation SendMessage($input: SendMessageInput!) {
  sendMessage(input: $input) {
    message {
      id
      seq
      body
    }
  }
}
`,
    variables: JSON.stringify({ input: { conversationId: '', body: 'Hello', clientMessageId: 'hello-1' } }, null, 2),
  },
  {
    query: `# Full-text, over what you may see: all words,
# "a phrase", or, -without.

query SearchMessages($query: String!) {
  searchMessages(query: $query, first: 10) {
    edges {
      node {
        excerpt { text match }
        message {
          id
          sender { displayName }
          conversation { id title counterpart { displayName } }
        }
      }
    }
  }
}
`,
    variables: JSON.stringify({ query: 'hello' }, null, 2),
  },
  {
    query: `# Shows what you are told of while you do not look.
# An emergency: send one, with "emergency": true,
# as the other person in a second window.

subscription NotificationAdded {
  notificationAdded {
    kind
    urgent
    title
    actor { displayName }
    conversation { id }
    createdAt
  }
}
`,
  },
  {
    query: `# For professionals and admins. A professional brings in
# colleagues, and patients in their care.

mutation CreateGroup($input: CreateGroupInput!) {
  createGroup(input: $input) {
    conversation {
      id
      title
      participants { role canSend user { displayName } }
    }
  }
}
`,
    variables: JSON.stringify({ input: { title: 'Care team', participantIds: [''] } }, null, 2),
  },
]

export const typeDefs = `#graphql
  scalar DateTime

  type User {
    id: ID!
    displayName: String!
  }

  type Message {
    id: ID!
    seq: Int!
    body: String!
    createdAt: DateTime!
    sender: User!
  }

  type MessageEdge {
    cursor: String!
    node: Message!
  }

  type PageInfo {
    hasPreviousPage: Boolean!
    startCursor: String
  }

  type MessageConnection {
    edges: [MessageEdge!]!
    pageInfo: PageInfo!
  }

  type MessagePayload {
    message: Message!
  }

  input SendMessageInput {
    conversationId: ID!
    body: String!
    clientMessageId: String!
  }

  type Query {
    history(conversationId: ID!, last: Int = 50, before: String): MessageConnection!
  }

  type Mutation {
    sendMessage(input: SendMessageInput!): MessagePayload!
  }

  type Subscription {
    messageAdded(conversationId: ID!): Message!
  }
`

/** As `localStorage` has it. */
export interface KeyValueStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export interface ChatClientOptions {
  /** Of the API: https://chat.example.org/graphql */
  url: string
  /** Asked before each request and connection: it keeps a token for as long as that holds, and gets a new one then. */
  getToken: () => string | Promise<string>
  /** Where messages wait that are not sent yet: without it in memory, and gone with the page. It then holds their texts. */
  outboxStorage?: KeyValueStorage
  /** Whose messages they are: required with outboxStorage, for several people may use one browser. */
  outboxKey?: string
  /** How often the connection shows that it lives. */
  pingMs?: number
  /** How long it has for that. */
  pongMs?: number
}

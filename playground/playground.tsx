import { GraphiQL } from 'graphiql'
import { useEffect, useMemo, useState } from 'react'
import { connect } from './connect.js'
import { examples } from './examples.js'
import { readToken, storeToken } from './token.js'
import { TokenBar } from './token-bar.js'

/** GraphiQL with one place for the token, for HTTP and WebSocket alike. */
export const Playground = () => {
  const [token, setToken] = useState(readToken)
  // Another fetcher makes GraphiQL fetch the schema again.
  const connection = useMemo(() => connect(token), [token])
  useEffect(() => () => connection.close(), [connection])

  const use = (next: string) => {
    storeToken(next)
    setToken(next)
  }
  return (
    <>
      <TokenBar token={token} onUse={use} />
      <main>
        <GraphiQL
          fetcher={connection.fetcher}
          defaultTabs={examples}
          // Queries hold what people write, too: all of it ends with the tab.
          storage={sessionStorage}
          defaultEditorToolsVisibility="variables"
          isHeadersEditorEnabled={false}
          showPersistHeadersSettings={false}
          inputValueDeprecation
          schemaDescription
        >
          <GraphiQL.Logo> </GraphiQL.Logo>
        </GraphiQL>
      </main>
    </>
  )
}

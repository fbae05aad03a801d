import { useState } from 'react'
import { bareToken, describeToken } from './token.js'

interface Props {
  token: string
  onUse: (token: string) => void
}

/** Takes the token when one is done with the field, not with every key. */
export const TokenBar = ({ token, onUse }: Props) => {
  const [text, setText] = useState(token)
  const use = () => {
    const next = bareToken(text)
    setText(next)
    if (next !== token) onUse(next)
  }
  return (
    <header className="token-bar">
      <h1>Colloquy</h1>
      <form
        onSubmit={event => {
          event.preventDefault()
          use()
        }}
      >
        <label htmlFor="token">Token</label>
        <input
          id="token"
          value={text}
          onChange={event => setText(event.target.value)}
          onBlur={use}
          placeholder="Paste a token here"
          aria-describedby="token-state"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
        <button type="submit">Use</button>
      </form>
      <p id="token-state" role="status">
        {describeToken(token)}
      </p>
    </header>
  )
}

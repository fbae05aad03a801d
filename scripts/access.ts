import { readFileSync, writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { type Rule, RULES, STANDINGS } from '../src/conversations/conversation-rules.js'

// Prints the table of src/conversations/conversation-rules.ts.
const PAGE = 'docs/access.md'

const words = (name: string) => name.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)

const conditions = ({ inCare, sends, ofPresent, notFlagger }: Rule) =>
  [
    inCare && 'the care relationship lasts',
    sends && 'they have the permission to send',
    ofPresent && 'the message is not deleted',
    notFlagger && 'somebody else flagged it',
  ].filter(Boolean)

const rows = Object.entries<Rule>(RULES).map(([action, rule]) =>
  [
    words(action),
    rule.who.map(standing => STANDINGS[standing]).join('; or '),
    rule.kinds?.join(', ') ?? 'all',
    rule.statuses?.join(', ') ?? 'all',
    conditions(rule).join('; '),
  ].join(' | '),
)

const page = `# Who may do what in a conversation

Printed from \`src/conversations/conversation-rules.ts\` by \`npm run access\`. What is decided inside a conversation is decided under
its lock. Who takes no part gets NOT_FOUND, an admin FORBIDDEN; who takes part and may not gets FORBIDDEN; what the state
does not allow is a CONFLICT. A DELETED conversation is there for who deleted it, and for nobody else, but
that any admin puts it under legal hold; the other of a DIRECT one starts no new one meanwhile: CONFLICT.

| action | who | kinds | statuses | where |
| --- | --- | --- | --- | --- |
${rows.map(row => `| ${row} |`).join('\n')}

In a SUPPORT conversation every admin takes part, as one desk; its user, whatever they are, counts as no professional there. Who comes
with a token that names roles, and ADMIN not among them, is not at the desk.

An access grant (\`requestAccess\`) opens to one admin what its subject sees now, and no more: it ends with its time, when any admin ends it,
and where the subject takes no part any more, and what is followed ends at once with FORBIDDEN. Who reads under a grant does nothing,
has no part and is shown to nobody. Every admin sees all grants (\`accessGrants\`), and in \`auditLog\` what was read under each; the subject sees
those for their own data (\`accessReport\`).

A participant's own permission goes before that of their role. Permissions are given to all roles, but in a GROUP the one to see
the history to none: without it a person sees nothing older than their joining, or than the moment it was taken.
`
const after = await format(page, { ...(await resolveConfig(PAGE)), parser: 'markdown' })

const read = () => {
  try {
    return readFileSync(PAGE, 'utf8')
  } catch {
    return ''
  }
}

if (!process.argv.includes('--check')) writeFileSync(PAGE, after)
else if (read() !== after) {
  console.error(`${PAGE} is not what the rules say: run "npm run access" and commit it.`)
  process.exitCode = 1
}

import { GraphQLError, Kind } from 'graphql'

/** Why a document or an operation is refused before it runs. */
export type LimitName = 'depth' | 'tokens' | 'aliases' | 'cost'

export const limitError = (limit: LimitName, message: string) =>
  new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED', limit } })

export const badRequest = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } })

const QUOTED_LITERALS = [
  /(?<= value): [\s\S]*?(?=\.?$)/,
  /(?<=^Expected value of type "[^"]*"), found [\s\S]*?(?=\.?$)/,
  /(?<=\b(?:String|BlockString|Int|Float)) "[\s\S]*"(?=\.?$)/,
]

/** graphql-js quotes literals of the document, which may be what somebody wrote to somebody; the error's place shows them. */
export const withoutLiterals = ({ message, nodes }: GraphQLError): string => {
  const cut = QUOTED_LITERALS.reduce((text, quoted) => text.replace(quoted, ''), message)
  const quotes = nodes?.some(node => node.kind === Kind.STRING && node.value !== '' && cut.includes(node.value))
  return quotes ? 'A value does not fit its type.' : cut
}

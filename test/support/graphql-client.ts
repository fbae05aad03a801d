export interface GraphqlError {
  message: string
  path?: (string | number)[]
  extensions: { code: string; reason?: string; field?: string; [name: string]: unknown }
}

/** Tests know what they asked for: `data` is theirs to type. */
export interface GraphqlAnswer<Data> {
  status: number
  headers: Headers
  data: Data | null | undefined
  errors: GraphqlError[] | undefined
}

export type Variables = Record<string, unknown>

export class GraphqlFailure extends Error {
  constructor(readonly errors: readonly GraphqlError[]) {
    super(errors.map(error => `${error.extensions?.code}: ${error.message}`).join('; '))
  }

  get code() {
    return this.errors[0]?.extensions.code
  }
}

/** One operation over HTTP. `url` is the server's address, without a path. */
export const postGraphql = async <Data>(
  url: string,
  token: string | null,
  query: string,
  variables: Variables = {},
  headers: Record<string, string> = {},
): Promise<GraphqlAnswer<Data>> => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = (await response.json()) as Pick<GraphqlAnswer<Data>, 'data' | 'errors'>
  return { status: response.status, headers: response.headers, data, errors }
}

/** The data of an answer that must have no errors. */
export const dataOf = <Data>({ data, errors }: Pick<GraphqlAnswer<Data>, 'data' | 'errors'>): Data => {
  if (errors) throw new GraphqlFailure(errors)
  if (!data) throw new Error('The answer has neither data nor errors.')
  return data
}

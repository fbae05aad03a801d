import {
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  type DocumentNode,
  type OperationDefinitionNode,
} from 'graphql'
import type { CompiledOperation } from './compiled-operation.js'
import { MAX_COST, MAX_EVENT_COST, type Variables } from './cost.js'
import { isRefused, type Loaded, type Refused } from './documents.js'
import { limitError } from './request-errors.js'
import type { Sharing } from './sharing.js'

/** An operation that may run. */
export interface Operation {
  readonly document: DocumentNode
  readonly node: OperationDefinitionNode
  readonly kind: OperationTypeNode
  readonly variables: Variables
  /** How many objects it may read. */
  readonly cost: number
  readonly compiled: CompiledOperation
  readonly sharing: Sharing | undefined
}

export const isQuery = (operation: Operation) => operation.kind === OperationTypeNode.QUERY

export const isSubscription = (operation: Operation) => operation.kind === OperationTypeNode.SUBSCRIPTION

/** Chosen from its document, and measured with its variables. */
export const prepareOperation = (
  loaded: Loaded | Refused,
  operationName: string | null | undefined,
  variables: Variables,
): Operation | Refused => {
  if (isRefused(loaded)) return loaded
  const node = getOperationAST(loaded.document, operationName)
  if (!node) return { errors: [unresolved(operationName)] }
  const cost = loaded.costs.get(node)?.(variables) ?? 0
  const isEvents = node.operation === OperationTypeNode.SUBSCRIPTION
  if (isEvents && cost > MAX_EVENT_COST)
    return { errors: [limitError('cost', `Each event may read ${cost} objects; ${MAX_EVENT_COST} are allowed.`)] }
  if (cost > MAX_COST)
    return { errors: [limitError('cost', `The operation may read ${cost} objects; ${MAX_COST} are allowed.`)] }
  return {
    document: loaded.document,
    node,
    kind: node.operation,
    variables,
    cost,
    compiled: loaded.compiled.get(node)!,
    sharing: loaded.sharings.get(node),
  }
}

const unresolved = (operationName: string | null | undefined) =>
  new GraphQLError(
    operationName
      ? `The document has no operation "${operationName}".`
      : 'operationName must say which operation to run.',
    { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } },
  )

import { types } from 'node:util'
import NodeEnvironmentModule from 'jest-environment-node'

const NodeEnvironment = NodeEnvironmentModule.default ?? NodeEnvironmentModule
const hasInstance = Function.prototype[Symbol.hasInstance]

/** Node's own errors come from outside of Jest's realm; as everywhere else they shall be instances of Error. */
export default class extends NodeEnvironment {
  constructor(...parameters) {
    super(...parameters)
    const { Error } = this.global
    Object.defineProperty(Error, Symbol.hasInstance, {
      value(candidate) {
        return this === Error
          ? types.isNativeError(candidate) || hasInstance.call(this, candidate)
          : hasInstance.call(this, candidate)
      },
    })
  }
}

import { types } from 'node:util'
import jwksRsa from 'jwks-rsa'
import NodeEnvironmentModule from 'jest-environment-node'

const NodeEnvironment = NodeEnvironmentModule.default ?? NodeEnvironmentModule
const ordinary = Function.prototype[Symbol.hasInstance]

/** Where Jest's realm differs from Node's, it is made to agree. */
export default class extends NodeEnvironment {
  constructor(...parameters) {
    super(...parameters)
    const { Error } = this.global
    // Node's own errors come from outside, and are instances of Error everywhere else.
    Object.defineProperty(Error, Symbol.hasInstance, {
      value(candidate) {
        return (this === Error && types.isNativeError(candidate)) || ordinary.call(this, candidate)
      },
    })
    // It requires an ES module, which Jest on Node 20 cannot do; see jwks-rsa.mjs.
    this.global.jwksRsa = jwksRsa
  }
}

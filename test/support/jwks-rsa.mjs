export default globalThis.jwksRsa

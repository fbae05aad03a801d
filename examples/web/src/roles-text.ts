import type { Role } from '@colloquy/apollo'
import { strings } from './strings.js'

export const rolesText = ({ roles }: { roles: readonly Role[] }): string =>
  roles.map(role => strings.signIn.roles[role]).join(', ')

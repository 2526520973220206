import { listed } from '../parts/when.ts'
import type { Answered } from './client.ts'

export type Me = Answered<'readMe'>

/** A feature of the authority's own product: what one may do at a page of the console. */
export type Permission = `${string}.${'read' | 'write' | 'check' | 'explain' | 'sign_off'}`

/** @returns `undefined`: they may */
export function whyNot({ key, identity, features }: Me, permission: Permission): string | undefined {
  if (features.includes(permission)) return undefined
  const scope = scopeOf(permission)
  if (!key.scopes.includes(scope) && !(scope.startsWith('manage:') && key.scopes.includes('manage:*')))
    return `Your key does not have the scope ${scope}. An administrator can make one that has.`
  const roles = identity?.roles ?? []
  const who = identity === undefined ? 'Your key' : (identity.name ?? identity.id)
  if (identity !== undefined && identity.status !== 'active') return `${who} is ${identity.status}, and so is every key that acts for them.`
  return `${who} ${roles.length === 0 ? 'holds no role here' : `is ${listed(roles)} here, which does not permit it`}: it takes ${permission}. An owner can give a role that has it.`
}

/** As the authority has it: the scope of the capability, but for these. */
const SCOPES: Readonly<Record<string, string>> = {
  'decisions.check': 'decide',
  'decisions.explain': 'decide',
  'signals.read': 'manage:identities',
  'signals.write': 'manage:identities',
}

function scopeOf(permission: Permission): string {
  return SCOPES[permission] ?? `manage:${permission.slice(0, permission.indexOf('.'))}`
}

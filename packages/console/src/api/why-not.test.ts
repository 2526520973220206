import { expect, test } from 'vitest'
import { type Me, type Permission, whyNot } from './why-not.ts'

const key = { id: 'key_1', name: 'Desk', scopes: ['manage:licenses', 'decide'], reasons: true }
const of = (more: Partial<Me>): Me => ({ authority: 'a', key, features: ['licenses.read'], ...more })
const sue = { id: 'sue', name: 'Sue', kind: 'human', status: 'active', roles: ['support'] }

const cases: [me: Me, permission: Permission, why: RegExp | undefined][] = [
  [of({}), 'licenses.read', undefined],
  [of({}), 'audit.read', /^Your key does not have the scope manage:audit\./],
  [of({}), 'signals.write', /the scope manage:identities\./],
  [of({ identity: sue }), 'licenses.write', /^Sue is support here, which does not permit it: it takes licenses\.write\./],
  [of({ identity: { ...sue, roles: [] } }), 'decisions.explain', /^Sue holds no role here: it takes decisions\.explain\./],
  [of({ identity: { ...sue, status: 'suspended' } }), 'licenses.write', /^Sue is suspended/],
  [of({ key: { ...key, scopes: ['manage:*'] }, identity: sue }), 'keys.write', /^Sue is support here/],
]
for (const [me, permission, why] of cases)
  test(`${permission} for ${me.identity?.name ?? me.key.name}: ${why ?? 'they may'}`, () => {
    const said = whyNot(me, permission)
    if (why === undefined) expect(said).toBeUndefined()
    else expect(said).toMatch(why)
  })

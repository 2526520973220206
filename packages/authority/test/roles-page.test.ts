import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PERMISSIONS, rolesPermitting } from '../src/access/permissions.ts'

const ROLES = ['owner', 'operator', 'support', 'auditor', 'finance']
const page = new URL('../../../docs/concepts/who-can-do-what.md', import.meta.url)
const TABLE = /(<!-- roles: begin -->\n).*(<!-- roles: end -->)/s

function table(): string {
  const rows = [...PERMISSIONS].sort().map((permission) => {
    const roles = rolesPermitting(permission)
    return `| \`${permission}\` | ${ROLES.map((role) => (roles.includes(role) ? '✓' : '')).join(' | ')} |`
  })
  return [`| may | ${ROLES.join(' | ')} |`, '|---|---|---|---|---|---|', ...rows, ''].join('\n')
}

test('the page of the roles has what the terms say: WRITE_ROLES=1 writes it', () => {
  const text = readFileSync(page, 'utf8')
  const wanted = text.replace(TABLE, (_, begin: string, end: string) => `${begin}${table()}${end}`)
  if (process.env.WRITE_ROLES === '1') writeFileSync(page, wanted)
  else expect(text).toBe(wanted)
  expect(wanted).toContain('| `authority.write` | ✓ |  |  |  |  |')
})

test('an auditor sees all that can be seen, and changes nothing', () => {
  for (const permission of PERMISSIONS) {
    const harmless = permission.endsWith('.read') || permission === 'decisions.explain'
    expect([permission, rolesPermitting(permission).includes('auditor')]).toEqual([permission, harmless])
    expect(rolesPermitting(permission)).toContain('owner')
  }
  expect(PERMISSIONS.length).toBeGreaterThan(20)
})

import { copyFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { expect, test } from 'vitest'
import { fileText, scratchFolder, serve, writ } from './support.ts'

const folder = scratchFolder()
const at = (name: string) => join(folder, name)
const identity = await generateIdentity()
writeFileSync(at('identity'), `# of the vault\n${identity}\n`)
writeFileSync(at('stranger'), await generateIdentity())
writeFileSync(at('passphrase'), 'correct horse battery staple\n')

test('from a running authority to a new one that answers as the old one did', { timeout: 120_000 }, async () => {
  const served = await serve(folder)
  expect((await writ(['org', 'create', 'Acme', '--id', 'acme'], served.env)).exitCode).toBe(0)
  const out = at('one.writ.age')
  const take = (...args: string[]) => writ(['backup', '--out', out, ...args], served.env)
  const taken = await take('--recipient', await identityToRecipient(identity), '--json')
  expect([taken.stderr, taken.exitCode]).toEqual(['', 0])
  expect(JSON.parse(taken.stdout)).toMatchObject({ file: out, verified: 'bytes', bytes: statSync(out).size, rows: expect.any(Number) })
  expect(statSync(out).mode & 0o777).toBe(0o600)
  expect(fileText(out)).not.toContain('acme')
  const again = await take('--passphrase-file', at('passphrase'))
  expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining('is there already')])
  const other = await writ(['backup', '--out', at('two.writ.age'), '--passphrase-file', at('passphrase'), '--json'], served.env)
  expect(JSON.parse(other.stdout)).toMatchObject({ verified: 'rows' })
  await served.stop()

  const verify = (file: string, name: string) => writ(['backup', 'verify', file, '--identity', at(name), '--json'])
  expect(await verify(out, 'identity')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('"authority": "aut_') })
  expect(await verify(out, 'stranger')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('BACKUP_LOCKED') })
  copyFileSync(out, at('cut.age'))
  truncateSync(at('cut.age'), statSync(out).size - 20)
  expect(await verify(at('cut.age'), 'identity')).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/BACKUP_DAMAGED.*next/) })

  const restore = (database: string) =>
    writ(['restore', out, '--identity', at('identity'), '--database', database], { WRIT_MASTER_KEY_FILE: at('master.key') })
  expect(await restore(at('data'))).toMatchObject({ exitCode: 4, stderr: expect.stringMatching(/STORE_NOT_EMPTY[\s\S]*--database/) })
  const restored = await restore(at('restored/data'))
  expect(restored).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/restored[\s\S]*What came after the backup is gone/) })

  const next = await serve(at('restored'), served.keyFile, { WRIT_MASTER_KEY_FILE: at('master.key') })
  const list = await writ(['org', 'list', '--json'], next.env)
  expect(JSON.parse(list.stdout).items).toMatchObject([{ id: 'acme', title: 'Acme' }])
  expect(await next.stop()).toBe(0)
})

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { parser } from '@prometheus-io/lezer-promql'
import { freshDatabase } from '@writ/testing/fresh-database'
import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { embedded, embeddedOptions, openStore } from '../src/app/database.ts'
import { scratchFolder, startAuthority } from './support.ts'

const root = join(import.meta.dirname, '../../..')
const folder = join(root, 'examples/operations')
const text = (name: string) => readFileSync(join(folder, name), 'utf8')

interface Rule {
  alert: string
  expr: string
  annotations: { summary: string; runbook: string }
}
const rules = (parse(text('alerts.yaml')) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules)
const panels = (JSON.parse(text('dashboard.json')) as { panels: { title: string; targets: { expr: string }[] }[] }).panels
const expressions = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
]

/** The metrics that an expression names, as a parser of the language reads it. @throws for what is not PromQL */
function metricsIn(expression: string): string[] {
  const names: string[] = []
  parser.parse(expression).iterate({
    enter({ name, type, from, to }) {
      if (type.isError) throw new Error(`not PromQL at ${from}: ${expression}`)
      if (name === 'Identifier' && to > from) names.push(expression.slice(from, to))
    },
  })
  return names
}

test('the parser finds what is no PromQL', () => {
  expect(metricsIn('rate(a_total[5m]) > 1')).toEqual(['a_total'])
  expect(() => metricsIn('rate(a_total[5m]')).toThrow('not PromQL')
})

test('every metric that an alert or a panel names is at /metrics of a running authority', async () => {
  const url = await freshDatabase()
  const authority = await startAuthority(await openStore({ kind: 'postgres', url }), scratchFolder())
  afterAll(() => authority.close())
  await authority.call('POST', '/v1/check', { identity: 'ann', feature: 'view' })
  const { text: page } = await authority.call('GET', '/metrics')
  // Of Prometheus itself, and of an authority that serves TLS.
  const known = new Set(['up', 'writ_tls_certificate_expiry_timestamp_seconds', 'writ_tls_certificate_stale'])
  for (const [, name = ''] of page.matchAll(/^# TYPE (\S+)/gm)) for (const end of ['', '_bucket', '_sum', '_count']) known.add(name + end)
  expect(expressions.length).toBeGreaterThan(30)
  for (const [name, expression] of expressions) {
    const metrics = metricsIn(expression)
    expect([name, metrics.length > 0]).toEqual([name, true])
    expect([name, metrics.filter((metric) => !known.has(metric))]).toEqual([name, []])
  }
})

test('the embedded store has the same metrics, but for its pool', async () => {
  const authority = await startAuthority(embedded(await PGlite.create(embeddedOptions)), scratchFolder())
  afterAll(() => authority.close())
  const { text: page } = await authority.call('GET', '/metrics')
  expect(page).toMatch(/^writ_store_reachable 1$/m)
  expect(page).toMatch(/^writ_backup_last_timestamp_seconds 0$/m)
  await authority.call('POST', '/v1/backups', { recipients: ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'] })
  expect((await authority.call('GET', '/metrics')).text).toMatch(
    /^writ_backup_last_timestamp_seconds 1\.\d+e\+9$|^writ_backup_last_timestamp_seconds \d{10}/m,
  )
})

test('every alert leads to a heading that says what to do', () => {
  expect(rules.length).toBeGreaterThan(10)
  for (const { alert, annotations } of rules) {
    const [page = '', anchor = ''] = annotations.runbook.split('#')
    const headings = [...readFileSync(join(root, page), 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .replaceAll(' ', '-'),
    )
    expect([alert, headings.includes(anchor)]).toEqual([alert, true])
    expect(annotations.summary).toMatch(/\.$|\?$/)
  }
})

test('what the image copies and runs is there', () => {
  const lines = text('Dockerfile').split('\n')
  for (const path of [...lines.join('\n').matchAll(/packages\/[\w/.-]+/g)].map(([path]) => path)) {
    expect([path, existsSync(join(root, path))]).toEqual([path, true])
  }
  const pinned = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.node
  for (const line of lines.filter((line) => line.startsWith('FROM'))) expect(line).toContain(`node:${pinned}-`)
  expect(lines).toContain('USER 10001:10001')
})

test('the compose file names files that are there, and settings that there are', () => {
  const { services } = parse(text('compose.yaml')) as { services: Record<string, { environment: object; build?: { dockerfile: string } }> }
  expect(existsSync(join(root, services.writ?.build?.dockerfile ?? 'none'))).toBe(true)
  const reference = readFileSync(join(root, 'docs/reference/configuration.md'), 'utf8')
  const unit = [...text('writ.service').matchAll(/WRIT_\w+/g)].map(([name]) => name)
  for (const name of [...Object.keys(services.writ?.environment ?? {}), ...unit])
    expect([name, reference.includes(name)]).toEqual([name, true])
})

test('systemd takes the unit without a word, where there is one', () => {
  let words = ''
  try {
    words = execFileSync('systemd-analyze', ['verify', join(folder, 'writ.service')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string }
    if (code !== 'ENOENT') words = String(stderr)
  }
  // Whether node is at that place is the machine's business.
  expect(words.split('\n').filter((line) => line !== '' && !line.includes('is not executable'))).toEqual([])
})

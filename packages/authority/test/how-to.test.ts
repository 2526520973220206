import { execFile } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, expect, test } from 'vitest'
import { embedded, embeddedOptions } from '../src/app/database.ts'
import { scratchFolder, startAuthority } from './support.ts'

const root = join(import.meta.dirname, '../../..')
const PAGES = [
  'publish-terms.md',
  'identities.md',
  'credentials.md',
  'licenses.md',
  'reservations.md',
  'overrides.md',
  'license-files.md',
  'authzen.md',
  'ofrep.md',
  'usage.md',
]

interface Step {
  readonly script: string
  /** What the output has among others; absent: the page shows none. */
  readonly answer?: unknown
}

/** Each `sh` block of a page, with the `json` block that follows it. */
function stepsOf(page: string): Step[] {
  const text = readFileSync(join(root, 'docs/how-to', page), 'utf8')
  const blocks = [...text.matchAll(/^```(sh|json)\n(.*?)^```$/gms)].map(([, language, body = '']) => ({ language, body }))
  return blocks.flatMap(({ language, body }, i) => {
    if (language !== 'sh') return []
    const next = blocks[i + 1]
    return [{ script: body, ...(next?.language === 'json' && { answer: JSON.parse(next.body) }) }]
  })
}

/** The options of curl that the pages use, for machines that have none. */
const CURL = `#!/usr/bin/env node
const fs = require('node:fs')
const args = process.argv.slice(2)
const headers = {}
let method, body, url
for (let arg = args.shift(); arg !== undefined; arg = args.shift()) {
  if (arg === '-s') continue
  else if (arg === '-X') method = args.shift()
  else if (arg === '-H') { const [name, ...rest] = args.shift().split(': '); headers[name] = rest.join(': ') }
  else if (arg === '--json') { const text = args.shift(); body = text === '@-' ? fs.readFileSync(0, 'utf8') : text; headers['content-type'] = 'application/json' }
  else if (arg.startsWith('-')) throw new Error('an option that the tests do not know: ' + arg)
  else url = arg
}
fetch(url, { method: method ?? (body === undefined ? 'GET' : 'POST'), headers, body }).then((r) => r.text()).then((t) => process.stdout.write(t))
`

const folder = scratchFolder()
const opened = startAuthority(embedded(await PGlite.create(embeddedOptions)), folder)
afterAll(async () => (await opened).close())

test('a newcomer who types what the pages say gets what the pages show', async () => {
  const authority = await opened
  mkdirSync(join(folder, 'bin'))
  writeFileSync(join(folder, 'bin/curl'), CURL)
  chmodSync(join(folder, 'bin/curl'), 0o755)
  mkdirSync(join(folder, 'examples'))
  copyFileSync(join(root, 'examples/atlas.terms.yaml'), join(folder, 'examples/atlas.terms.yaml'))
  const key = readdirSync(folder).find((name) => name.startsWith('bootstrap-')) as string
  copyFileSync(join(folder, key), join(folder, 'admin.key'))
  const PATH = [join(folder, 'bin'), dirname(process.execPath), process.env.PATH].join(delimiter)

  for (const page of PAGES) {
    const steps = stepsOf(page)
    expect(steps.length).toBeGreaterThan(4)
    let before = '' // functions and variables of the blocks above
    for (const { script, answer } of steps) {
      const here = script.replaceAll('http://127.0.0.1:7070', authority.url)
      const { stdout } = await promisify(execFile)('sh', ['-ec', `${before}\n${here}`], { cwd: folder, env: { PATH } })
      // A block may print several answers; what the page shows is the last.
      const last = stdout.replace(/^.*\}(?=\{)/s, '')
      if (answer !== undefined) expect({ page, script, answer: JSON.parse(last) }).toMatchObject({ page, script, answer })
      before += definitions(here)
    }
  }
  // A process for each command, on machines that have little to spare.
}, 120_000)

/** The lines of a block that define something, without what they run. */
function definitions(script: string): string {
  return script
    .split('\n')
    .filter((line) => /^(export |\w+\(\) \{)/.test(line))
    .map((line) => `${line}\n`)
    .join('')
}

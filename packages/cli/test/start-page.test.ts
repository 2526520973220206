import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileText, ROOT, run, type Served, scratchFolder, serve } from './support.ts'

/** "Run an authority" and "Ten minutes" of docs/start.md, as they stand there; only files of keys go to a folder of the test, and the authority to a free port. */
const [first = '', ...blocks] = section(fileText(join(ROOT, 'docs/start.md')), '## Run an authority', '## Check that')
const folder = scratchFolder()
let served: Served
let said = ''

function section(page: string, from: string, to: string): string[] {
  const text = page.slice(page.indexOf(from), page.indexOf(to))
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block)
}

beforeAll(async () => {
  served = await serve(folder, join(folder, 'admin.key'))
  const script = blocks.join('').replace(/\b(admin|app)\.key\b/g, `${folder}/$1.key`)
  const ran = await run('bash', ['-c', script], { WRIT_URL: served.url })
  said = ran.stdout
}, 120_000)
afterAll(() => served?.stop())

test('the page starts an authority as the test does, and then has commands', () => {
  expect(first).toBe('npm start -- --bootstrap-key admin.key\n')
  expect(blocks.length).toBeGreaterThan(4)
})

test('the contract is checked and published', () => {
  expect(said).toContain('✓ 1 file: 0 errors, 0 warnings')
  expect(said).toContain('✓ atlas is edition 1')
})

test('the first question is a yes, the second a no that says what would help, the third a yes', () => {
  const answers = [...said.matchAll(/^(✓ allowed|✗ refused {2}\w+)/gm)].map(([, answer]) => answer)
  expect(answers.slice(0, 3)).toEqual(['✓ allowed', '✗ refused  step_up_required', '✓ allowed'])
  expect(said).toMatch(/what would help +step up to phr or phrh, at most 15 minutes old/)
})

test('explain shows every gate', () => {
  expect(said).toMatch(/✓ facts[\s\S]*✗ assurance/)
})

test('examples/first-check.ts goes on', () => {
  expect(said.trimEnd().split('\n').at(-1)).toBe('go on')
})

test('docs/how-to/support.md shows the checklist as it is printed', () => {
  const shown = /^```text\n([\s\S]*?)^```$/m.exec(fileText(join(ROOT, 'docs/how-to/support.md')))?.[1] ?? 'nothing'
  expect(said.replace(/lic_[0-9a-f]+/g, 'lic_…')).toContain(shown)
})

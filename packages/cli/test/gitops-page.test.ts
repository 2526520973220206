import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { fileText, NODE, ROOT, run, type Served, scratchFolder, serve, WRIT } from './support.ts'

const page = fileText(join(ROOT, 'docs/how-to/gitops.md'))
const folder = scratchFolder()
let served: Served
let said = ''

/** The page as a newcomer types it, in a folder of its own. */
beforeAll(async () => {
  served = await serve(folder)
  mkdirSync(join(folder, 'examples'))
  cpSync(join(ROOT, 'examples/atlas.terms.yaml'), join(folder, 'examples/atlas.terms.yaml'))
  const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block)
  const script = blocks.join('').replaceAll('http://127.0.0.1:7070', served.url).replace('npm run -s writ --', `${NODE} ${WRIT}`)
  const ran = await run('bash', ['-ec', `cd ${folder}\n${script}`])
  expect({ exitCode: ran.exitCode, stderr: ran.stderr }).toEqual({ exitCode: 0, stderr: '' })
  said = ran.stdout.replace(/sha256:[0-9a-f]{64}/g, 'sha256:…')
}, 120_000)
afterAll(() => served?.stop())

test('what the page shows is what its commands print', () => {
  const shown = [...page.matchAll(/^```text\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block)
  expect(shown).toHaveLength(2)
  for (const block of shown) expect(said).toContain(block)
})

describe('the workflow to copy', () => {
  const workflow = parse(fileText(join(ROOT, 'examples/gitops/terms.yml'))) as {
    jobs: Record<string, { steps: { name?: string; run?: string }[] }>
  }
  const scripts = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run: script }) => script ?? []))

  /** Its scripts, in order, as the runner would: `bash -e`, with files for summary and outputs. */
  async function pipeline(): Promise<{ exitCode: number | null; said: string; outputs: string }> {
    const bin = join(folder, 'bin')
    const script = [
      `mkdir -p ${bin}`,
      `printf '#!/bin/sh\\nshift\\nexec ${NODE} ${WRIT} "$@"\\n' > ${bin}/npx`,
      `chmod +x ${bin}/npx`,
      `export PATH=${bin}:$PATH`,
      `cd ${folder}`,
      ': > outputs',
      ...scripts.map((one) => `( ${one}\n)`),
    ]
    const env = {
      WRIT_URL: served.url,
      WRIT_KEY: fileText(join(folder, 'pipeline.key')).trim(),
      GITHUB_OUTPUT: 'outputs',
      GITHUB_STEP_SUMMARY: 'summary',
    }
    const ran = await run('bash', ['-ec', script.join('\n')], env)
    return { exitCode: ran.exitCode, said: ran.stdout + ran.stderr, outputs: fileText(join(folder, 'outputs')) }
  }

  test('has the three commands', () => {
    expect(scripts.map((script) => /writ terms (\w+)/.exec(script)?.[1])).toEqual(['check', 'plan', 'apply'])
  })

  test('publishes what changed, and finds nothing to do afterwards', async () => {
    await run('bash', ['-ec', `sed -i.bak 's/named: 20/named: 22/' ${folder}/terms/atlas.yaml`])
    const first = await pipeline()
    expect(first).toMatchObject({ exitCode: 0, outputs: 'changes=true\n', said: expect.stringContaining('✓ atlas is edition 3') })
    expect(fileText(join(folder, 'summary'))).toContain('seats 20 → 22')
    expect(await pipeline()).toMatchObject({ exitCode: 0, outputs: 'changes=false\n' })
  })
})

import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { goodVectors } from './good.ts'
import { hostileVectors } from './hostile.ts'
import { sample } from './sample.ts'
import type { VectorFile } from './vector.ts'

/** The same on every run: keys come from fixed names, and Ed25519 draws nothing. */
export async function generate(): Promise<Record<'good' | 'hostile', VectorFile>> {
  const facts = await sample()
  return { good: await goodVectors(facts), hostile: await hostileVectors(facts) }
}

// `node packages/license/vectors/generate.ts` writes the files anew; a test holds them equal to this.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, content] of Object.entries(await generate()))
    writeFileSync(new URL(`${name}.json`, import.meta.url), `${JSON.stringify(content, undefined, 2)}\n`)
}

import { join } from 'node:path'
import { build } from 'vite'
import { entries, peers } from './entries.ts'

export interface Bundle {
  readonly files: readonly { readonly name: string; readonly code: string }[]
  /** The files that are in it. */
  readonly modules: readonly string[]
}

/** The SDK as plain JavaScript, not minified: whoever installs it can read it. A framework that it has an adapter for is the application's own. */
export async function bundle(root: string): Promise<Bundle> {
  const entry = Object.fromEntries(entries(root).map(({ name, source }) => [name, join(root, 'packages/sdk', source)]))
  const outcome = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry, formats: ['es'] },
      rolldownOptions: { external: [/^node:/, ...peers(root)] },
    },
  })
  const [one] = Array.isArray(outcome) ? outcome : [outcome]
  if (one === undefined || !('output' in one)) throw new Error('vite built nothing')
  const chunks = one.output.filter((item) => item.type === 'chunk')
  return {
    files: chunks.map(({ fileName, code }) => ({ name: fileName, code })),
    modules: chunks.flatMap(({ moduleIds }) => moduleIds),
  }
}

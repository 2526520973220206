import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from './bundle.ts'
import { writeDeclarations } from './declarations.ts'
import { entries, manifest } from './entries.ts'
import { licencesOf } from './third-party.ts'

const ROOT = join(import.meta.dirname, '../../..')

/**
 * `dist/writ-sdk.tgz`: what an application installs. Plain JavaScript without dependencies, its types, and the licences of what is in it.
 * @returns the file
 */
export async function packSdk(): Promise<string> {
  const dist = join(ROOT, 'dist')
  for (const each of [dist, join(ROOT, '.cache')]) mkdirSync(each, { recursive: true })
  // A folder of its own, and one rename at the end: whoever reads the file meanwhile has it whole.
  const folder = mkdtempSync(join(ROOT, '.cache/sdk-'))
  try {
    await writePackage(folder)
    const packed = execFileSync('npm', ['pack', folder, '--pack-destination', folder, '--silent'], { encoding: 'utf8' }).trim()
    const file = join(dist, 'writ-sdk.tgz')
    renameSync(join(folder, packed), file)
    return file
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function writePackage(folder: string): Promise<void> {
  const { files, modules } = await bundle(ROOT)
  for (const { name, code } of files) writeFileSync(join(folder, name), code)
  writeDeclarations(ROOT, join(folder, 'types'))
  const shipped = {
    ...manifest(ROOT),
    description: 'Ask a Writ authority who may use what, and obey.',
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20' },
    exports: Object.fromEntries(
      entries(ROOT).map(({ path, name, source }) => [
        path,
        { types: `./types/sdk/${source.replace(/\.ts$/, '.d.ts')}`, default: `./${name}.js` },
      ]),
    ),
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(shipped, undefined, 2)}\n`)
  writeFileSync(join(folder, 'THIRD-PARTY-LICENSES'), licencesOf(modules))
  copyFileSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'))
  copyFileSync(join(ROOT, 'docs/how-to/sdk.md'), join(folder, 'README.md'))
}

if (import.meta.main) console.log(await packSdk())

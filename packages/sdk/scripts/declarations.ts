import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { entries, peers } from './entries.ts'

/** The types of the SDK and of what they name, with every import relative, so that nothing else need be installed but the framework of an adapter. */
export function writeDeclarations(root: string, folder: string): void {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const emitted = mkdtempSync(join(root, '.cache/declarations-'))
  try {
    const config = join(emitted, 'tsconfig.json')
    const sources = entries(root).map(({ source }) => join('sdk', source))
    const files = sources.map((source) => join(root, 'packages', source))
    // Found through node_modules they would be somebody else's, and not written.
    const paths = { '@writ/*': [join(root, 'packages/*/src/index.ts')] }
    const compilerOptions = {
      paths,
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      outDir: emitted,
      rootDir: join(root, 'packages'),
    }
    writeFileSync(config, JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, files, include: [] }))
    execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', config], { stdio: ['ignore', 'inherit', 'inherit'] })
    const todo = sources.map((source) => source.replace(/\.ts$/, '.d.ts'))
    const done = new Set<string>()
    const frameworks = peers(root)
    for (let file = todo.pop(); file !== undefined; file = todo.pop()) {
      if (done.has(file)) continue
      done.add(file)
      const text = withoutOthers(readFileSync(join(emitted, file), 'utf8'), frameworks).replace(
        /(from |import\()(['"])([^'"]+)\2/g,
        (whole: string, head: string, quote: string, name: string) => {
          if (frameworks.includes(name)) return whole
          const target = targetOf(emitted, file as string, name)
          if (target === undefined) throw new Error(`the types of the SDK name ${name}, which is not in them`)
          todo.push(target)
          const path = relative(dirname(file as string), target).replace(/\.d\.ts$/, '.js')
          return `${head}${quote}${path.startsWith('.') ? path : `./${path}`}${quote}`
        },
      )
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    }
  } finally {
    rmSync(emitted, { recursive: true, force: true })
  }
}

/** Packages of others are bundled, and nothing that the SDK shows has their types: what reaches them by way of other modules is opaque. */
function withoutOthers(text: string, frameworks: readonly string[]): string {
  return text.replace(/^import (?:type )?\{([^}]*)\} from ['"]((?!\.|@writ\/)[^'"]+)['"];?$/gm, (whole, names: string, from: string) =>
    frameworks.includes(from)
      ? whole
      : names
          .split(',')
          .map((name) => name.replace(/^\s*type /, '').trim())
          .filter((name) => name !== '')
          .map((name) => `type ${name} = unknown;`)
          .join('\n'),
  )
}

/** The declarations behind an import: of this repository, all are there. */
function targetOf(emitted: string, file: string, name: string): string | undefined {
  const path = name.startsWith('@writ/')
    ? `${name.slice('@writ/'.length)}/src/index.d.ts`
    : join(dirname(file), name).replace(/\.(ts|js)$/, '.d.ts')
  return existsSync(join(emitted, path)) ? path : undefined
}

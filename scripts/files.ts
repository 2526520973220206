import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The repository's files, tracked or new, without what Git ignores; from the root, with `/`. */
export function sourceFiles(root: string, name: RegExp): string[] {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  return list.split('\0').filter((path) => name.test(path) && existsSync(join(root, path)))
}

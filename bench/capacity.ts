/**
 * `npm run capacity`: what an authority takes, as the tables of docs/reference/capacity.md. They are printed; `-- --write` puts them into
 * the page too, with the machine that they were taken on.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { connectionTable } from './capacity-connections.ts'
import { rateTable } from './capacity-rates.ts'
import { sizeTable } from './capacity-sizes.ts'
import { storeTable } from './capacity-store.ts'
import type { Options } from './row.ts'
import { pinning } from './side-process.ts'

export const PAGE = join(import.meta.dirname, '../docs/reference/capacity.md')
export const MEASURED = /(<!-- measured by npm run capacity -->\n)[\s\S]*?(<!-- end -->)/

const PARTS: Readonly<Record<string, (options: Options) => Promise<string[][]>>> = {
  'Calls on one core': rateTable,
  'Memory and start': sizeTable,
  'Bytes in the store': storeTable,
  Connections: connectionTable,
}

/** Every table, under its heading. */
export async function measure(options: Options): Promise<string> {
  const [busy = 0] = loadavg()
  const said = `Node ${process.version}, ${availableParallelism()} cores of ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, PostgreSQL with its default durability; the server on one core, its callers and PostgreSQL on the other (${pinning}). Before the run ${busy.toFixed(1)} processes wanted a core.`
  const parts: string[] = [said]
  for (const [title, part] of Object.entries(PARTS)) {
    console.error(`${title} …`)
    parts.push(`### ${title}`, table(await part(options)))
  }
  return parts.join('\n\n')
}

function table([head = [], ...rows]: string[][]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}

if (process.argv[1] === import.meta.filename) {
  const measured = await measure({ quick: false })
  console.log(measured)
  if (process.argv.includes('--write')) {
    const page = readFileSync(PAGE, 'utf8')
    if (!MEASURED.test(page)) throw new Error('the page has no place for what is measured')
    writeFileSync(
      PAGE,
      page.replace(MEASURED, (_all, begin, end) => `${begin}\n${measured}\n\n${end}`),
    )
  }
}

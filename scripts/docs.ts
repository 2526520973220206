import { posix } from 'node:path'

/** The documentation as a table: path from the root, with `/`, to text. */
export type Pages = Map<string, string>

export interface DocFault {
  path: string
  line: number
  says: string
}

/**
 * Checks every page: relative links lead to a file and a heading that exist, marked code is what its source says, and
 * each page under `docs/` can be reached from `docs/README.md`.
 * @param pages the Markdown files
 * @param read any file's text; undefined where there is none. A folder reads as ''
 */
export function docFaults(pages: Pages, read: (path: string) => string | undefined): DocFault[] {
  const faults: DocFault[] = []
  for (const [path, text] of pages) faults.push(...brokenLinks(path, text, read), ...staleCode(path, text, read))
  return [...faults, ...lostPages(pages)]
}

interface Link {
  line: number
  /** From the root of the repository. */
  target: string
  anchor: string
}

function linksOf(path: string, text: string): Link[] {
  const links: Link[] = []
  for (const [index, words] of prose(text).entries()) {
    for (const match of words.matchAll(/\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s+(\S+)/g)) {
      const href = match[1] ?? match[2] ?? ''
      if (/^[a-z][a-z+.-]*:/i.test(href)) continue
      const [file = '', anchor = ''] = href.split('#')
      const target = file === '' ? path : posix.normalize(posix.join(posix.dirname(path), decodeURI(file)))
      links.push({ line: index + 1, target, anchor })
    }
  }
  return links
}

function brokenLinks(path: string, text: string, read: (path: string) => string | undefined): DocFault[] {
  return linksOf(path, text).flatMap(({ line, target, anchor }) => {
    const there = read(target)
    if (there === undefined) return [{ path, line, says: `the link leads nowhere: ${target}` }]
    const missing = anchor !== '' && target.endsWith('.md') && !headings(there).has(anchor)
    return missing ? [{ path, line, says: `no heading #${anchor} in ${target}` }] : []
  })
}

/** GitHub's names for the headings of a page; a repeated one gets a number. */
function headings(text: string): Set<string> {
  const names = new Set<string>()
  for (const line of prose(text, true)) {
    const title = /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1]
    if (title === undefined) continue
    const name = title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-')
    let unique = name
    for (let n = 1; names.has(unique); n++) unique = `${name}-${n}`
    names.add(unique)
  }
  return names
}

/** The lines of a page, with fenced code (and code in a line) blanked out. */
function prose(text: string, keepInline = false): string[] {
  let fence = ''
  return text.split('\n').map((line) => {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence !== '') {
      if (mark?.startsWith(fence)) fence = ''
      return ''
    }
    if (mark !== undefined) {
      fence = mark
      return ''
    }
    return keepInline ? line : line.replace(/`[^`]*`/g, '')
  })
}

const MARKED = /^<!-- from (\S+?)(?:#(\S+))? -->\n+(`{3,})[^\n]*\n([\s\S]*?)\n?^\3$/gm

/** Code under `<!-- from FILE -->` or `<!-- from FILE#REGION -->` equals the file, or its `// #region REGION`. */
function staleCode(path: string, text: string, read: (path: string) => string | undefined): DocFault[] {
  const faults: DocFault[] = []
  const marks = text.match(/^<!-- from /gm)?.length ?? 0
  let matched = 0
  for (const { index, 1: file = '', 2: region, 4: code = '' } of text.matchAll(MARKED)) {
    matched += 1
    const line = text.slice(0, index).split('\n').length
    const source = read(file)
    const wanted = source === undefined || region === undefined ? source : regionOf(source, region)
    if (wanted === undefined)
      faults.push({ path, line, says: `no ${file}${region === undefined ? '' : `#${region}`} to cut the code from` })
    else if (wanted.trim() !== code.trim())
      faults.push({ path, line, says: `the code differs from ${file}${region === undefined ? '' : `#${region}`}` })
  }
  if (matched !== marks) faults.push({ path, line: 1, says: 'a "<!-- from … -->" without a code block right below' })
  return faults
}

function regionOf(source: string, name: string): string | undefined {
  const lines = source.split('\n')
  const start = lines.findIndex((line) => line.trim() === `// #region ${name}`)
  const end = lines.findIndex((line, index) => index > start && line.trim() === '// #endregion')
  if (start < 0 || end < 0) return undefined
  const body = lines.slice(start + 1, end)
  const indent = Math.min(...body.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length))
  return body.map((line) => line.slice(indent)).join('\n')
}

function lostPages(pages: Pages): DocFault[] {
  const reached = new Set(['docs/README.md'])
  for (const path of reached) for (const { target } of linksOf(path, pages.get(path) ?? '')) if (pages.has(target)) reached.add(target)
  const lost = [...pages.keys()].filter((path) => path.startsWith('docs/') && (!reached.has(path) || !pages.has('docs/README.md')))
  return lost.map((path) => ({ path, line: 1, says: 'no way leads here from docs/README.md' }))
}

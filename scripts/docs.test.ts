import { expect, test } from 'vitest'
import { docFaults } from './docs.ts'

/** What the checker says about a handful of files. */
function says(files: Record<string, string>): string[] {
  const pages = new Map(Object.entries(files).filter(([path]) => path.endsWith('.md')))
  return docFaults(pages, (path) => files[path]).map((fault) => `${fault.path}:${fault.line}: ${fault.says}`)
}

const fenced = (code: string) => `\`\`\`ts\n${code}\n\`\`\``

const cases: { name: string; bad: Record<string, string>; want: string; good: Record<string, string> }[] = [
  {
    name: 'a relative link leads to a file',
    bad: { 'README.md': 'one\n[the plan](docs/plan.txt)' },
    want: 'README.md:2: the link leads nowhere: docs/plan.txt',
    good: { 'README.md': '[the plan](docs/plan.txt) and [the rest](https://example.org/none)', 'docs/plan.txt': '' },
  },
  {
    name: 'a link with an anchor leads to a heading',
    bad: { 'README.md': '[gates](a.md#the-gates)', 'a.md': '# Gates' },
    want: 'README.md:1: no heading #the-gates in a.md',
    good: { 'README.md': '[gates](a.md#the-gates-in-order)', 'a.md': '## The gates, in `order`' },
  },
  {
    name: 'a link in the middle of code is no link',
    bad: { 'README.md': 'see [x](none.md)' },
    want: 'README.md:1: the link leads nowhere: none.md',
    good: { 'README.md': `see \`[x](none.md)\`\n${fenced('[x](none.md)')}` },
  },
  {
    name: 'marked code is the file it is cut from',
    bad: { 'README.md': `<!-- from a.ts -->\n${fenced('const a = 1')}`, 'a.ts': 'const a = 2\n' },
    want: 'README.md:1: the code differs from a.ts',
    good: { 'README.md': `<!-- from a.ts -->\n${fenced('const a = 2')}`, 'a.ts': 'const a = 2\n' },
  },
  {
    name: 'marked code is the region it is cut from, at its own indent',
    bad: { 'README.md': `<!-- from a.ts#none -->\n${fenced('a()')}`, 'a.ts': 'a()' },
    want: 'README.md:1: no a.ts#none to cut the code from',
    good: { 'README.md': `<!-- from a.ts#one -->\n${fenced('a()')}`, 'a.ts': 'if (b) {\n  // #region one\n  a()\n  // #endregion\n}' },
  },
  {
    name: 'a mark stands right above its code',
    bad: { 'README.md': '<!-- from a.ts -->\n\ntext', 'a.ts': 'a()' },
    want: 'README.md:1: a "<!-- from … -->" without a code block right below',
    good: { 'README.md': `<!-- from a.ts -->\n\n${fenced('a()')}`, 'a.ts': 'a()' },
  },
  {
    name: 'a page under docs is reached from its index, over other pages too',
    bad: { 'docs/README.md': 'nothing', 'docs/a.md': 'alone' },
    want: 'docs/a.md:1: no way leads here from docs/README.md',
    good: { 'docs/README.md': '[b](how-to/b.md)', 'docs/how-to/b.md': '[a](../a.md)', 'docs/a.md': 'here' },
  },
]
for (const { name, bad, want, good } of cases)
  test(name, () => {
    expect(says(bad)).toEqual([want])
    expect(says(good)).toEqual([])
  })

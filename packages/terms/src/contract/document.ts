/** Part of a sentence: plain, or set off. */
export type Inline = string | { readonly strong: string } | { readonly code: string }

export interface Section {
  readonly title: string
  readonly paragraphs: readonly Paragraph[]
  readonly sections?: readonly Section[]
}

/** One numbered paragraph, and what is lettered below it. */
export interface Paragraph {
  readonly text: readonly Inline[]
  readonly items?: readonly (readonly Inline[])[]
}

export function strong(text: string): Inline {
  return { strong: text }
}

export function code(text: string): Inline {
  return { code: text }
}

/** One sentence of parts: what is put in may be text, one part or several. */
export function say(texts: TemplateStringsArray, ...parts: readonly (Inline | readonly Inline[])[]): Inline[] {
  return texts.flatMap((text, i) => [text, ...inlines(parts[i])])
}

function inlines(part: Inline | readonly Inline[] | undefined): readonly Inline[] {
  if (part === undefined) return []
  return Array.isArray(part) ? (part as readonly Inline[]) : [part as Inline]
}

/** `5,000,000`. */
export function number(value: number): string {
  const text = String(value)
  return /^\d{5,}$/.test(text) ? text.replace(/\B(?=(\d{3})+$)/g, ',') : text
}

/** `a`, `a and b`, `a, b and c`, of parts. */
export function series(parts: readonly (Inline | readonly Inline[])[], last = 'and'): Inline[] {
  return parts.flatMap((part, i) => [...(i === 0 ? [] : [i === parts.length - 1 ? ` ${last} ` : ', ']), ...inlines(part as Inline)])
}

/** @param head what stands above the first section */
export function markdown(title: string, head: readonly (readonly Inline[])[], sections: readonly Section[]): string {
  return render(title, head, sections, {
    heading: (level, text) => `${'#'.repeat(level)} ${escaped(text)}`,
    inline: (part) => (typeof part === 'string' ? escaped(part) : 'strong' in part ? `**${escaped(part.strong)}**` : codeSpan(part.code)),
    // A number with a dot at the start of a line would become a list.
    label: (number) => `${number.replaceAll('.', '\\.')} `,
  })
}

export function plainText(title: string, head: readonly (readonly Inline[])[], sections: readonly Section[]): string {
  return render(title, head, sections, {
    heading: (level, text) =>
      level === 1 ? `${text}\n${'='.repeat([...text].length)}` : level === 2 ? `${text}\n${'-'.repeat([...text].length)}` : text,
    inline: (part) => (typeof part === 'string' ? part : 'strong' in part ? part.strong : part.code),
    label: (number) => `${number} `,
  })
}

interface Style {
  heading(level: number, text: string): string
  inline(part: Inline): string
  label(number: string): string
}

function render(title: string, head: readonly (readonly Inline[])[], sections: readonly Section[], style: Style): string {
  const line = (parts: readonly Inline[]) => parts.map(style.inline).join('')
  const body = (all: readonly Section[], prefix: string, level: number): string[] =>
    all.flatMap((section, i) => {
      const number = `${prefix}${i + 1}`
      return [
        style.heading(level, `${number}. ${section.title}`),
        ...section.paragraphs.flatMap(({ text, items = [] }, j) => [
          // Where sections follow they have the numbers.
          section.sections === undefined ? `${style.label(`${number}.${j + 1}`)}${line(text)}` : line(text),
          ...(items.length === 0 ? [] : [items.map((item, k) => `   (${letter(k)}) ${line(item)}`).join('\n\n')]),
        ]),
        ...body(section.sections ?? [], `${number}.`, level + 1),
      ]
    })
  return `${[style.heading(1, title), ...head.map(line), ...body(sections, '', 2)].join('\n\n')}\n`
}

/** a, …, z, aa, … */
function letter(index: number): string {
  const last = String.fromCharCode(97 + (index % 26))
  return index < 26 ? last : `${letter(Math.floor(index / 26) - 1)}${last}`
}

/** What Markdown would read as markup is text. @see CommonMark 0.31 section 2.4 */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>#|~!&]/g, '\\$&')
    .replace(/^[-+](?= )/, '\\$&')
    .replace(/^(\d+)([.)])(?= )/, '$1\\$2')
}

/** A fence longer than any run of backticks inside it. @see CommonMark 0.31 section 6.1 */
function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${text.replaceAll('\n', ' ')}${pad}${fence}`
}

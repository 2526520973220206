/** What of an OpenAPI document the page shows. */
interface Document {
  readonly info: { readonly title: string; readonly description?: string }
  readonly paths?: Readonly<Record<string, unknown>>
}
interface Operation {
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly 'x-permission'?: string
}

export const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
code { font: 0.9em ui-monospace, monospace }
td { padding: 0.25rem 1rem 0.25rem 0; vertical-align: top }
td:first-child { font-weight: 600; width: 4rem }
small { opacity: 0.7 }`

/** A page without a script: every operation with its method, path, meaning and scope. */
export function docsPage(document: object): string {
  const { info, paths } = document as Document
  const byTag = new Map<string, string[]>()
  for (const [path, operations] of Object.entries(paths ?? {})) {
    for (const [method, operation] of Object.entries(operations as Record<string, Operation>)) {
      const tag = operation.tags?.[0] ?? 'other'
      byTag.set(tag, [...(byTag.get(tag) ?? []), row(method, path, operation)])
    }
  }
  const sections = [...byTag].map(([tag, rows]) => `<h2>${escaped(tag)}</h2><table>${rows.join('')}</table>`).join('')
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(info.title)}</title><style>${STYLE}</style>
<h1>${escaped(info.title)}</h1><p>${escaped(info.description ?? '')} The whole of it, for machines: <a href="openapi.json">openapi.json</a>.</p>
${sections}</html>`
}

function row(method: string, path: string, { summary, description, 'x-permission': permission }: Operation): string {
  const scope = permission === undefined ? '' : ` <small>needs <code>${escaped(permission)}</code></small>`
  return `<tr><td>${escaped(method.toUpperCase())}</td><td><code>${escaped(path)}</code></td><td>${escaped(summary ?? description ?? '')}${scope}</td></tr>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

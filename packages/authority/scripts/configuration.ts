import { SETTINGS, type Setting } from '../src/app/settings.ts'

const HEAD = `# Configuration

<!-- Written by \`npm run generate\` from packages/authority/src/app/settings.ts. Do not edit. -->

\`writ serve\` takes its settings from environment variables; \`writ serve --help\` lists them too. An empty variable counts as absent, and a path may begin with \`~/\`. A start with a setting
that cannot be used names every such setting at once, and ends with exit code 2. \`--listen\` and \`--database\` on the command line go over \`WRIT_LISTEN\` and \`WRIT_DATABASE_URL\`.
`

/** The reference page, from the table by which settings are read. */
export function configurationPage(): string {
  const sections = Map.groupBy(Object.values<Setting<unknown>>(SETTINGS), ({ section }) => section)
  return HEAD + [...sections].map(([title, settings]) => `\n## ${title}\n${settings.map(entry).join('')}`).join('')
}

function entry({ name, form, fallback, absent, meaning }: Setting<unknown>): string {
  const without = fallback === undefined ? absent : `\`${fallback}\``
  return `\n### ${name}\n\n${meaning}\n\n- **Form**: ${form}.\n- **Default**: ${without ?? 'none'}.\n`
}

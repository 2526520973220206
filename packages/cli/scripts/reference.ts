import type { Argument, Command, Option } from 'commander'
import pc from 'picocolors'
import { EXIT_MEANINGS } from '../src/exit-code.ts'
import { buildProgram } from '../src/program.ts'

const HEAD = `# The command line

<!-- Written by \`npm run generate\` from the commands themselves. Do not edit. -->

\`writ\` is one command for all of it: in a clone \`npm run -s writ -- …\`. It finds its authority in \`WRIT_URL\` (default \`http://127.0.0.1:7070\`) and its API key in
\`WRIT_KEY_FILE\`, a file, or \`WRIT_KEY\`; a key is never taken from the command line, which every process of the machine can read. A mistyped command is answered with the
nearest one, and \`--help\` works everywhere.

## For scripts

With \`--json\` a command prints one JSON value on standard output: the body as the authority sent it (\`writ check\` and \`writ explain\`: the
[answer](decision.md#9-the-answer); a list: \`{ "items": […], "more": bool }\`), and where no authority is asked what the command found:

| command | shape |
|---|---|
| \`terms check\` | \`{ "files": [{ "file", "findings": [{ "severity", "code", "line", "column", "message", "suggestion"? }] }], "errors": n }\` |
| \`terms show\` | \`{ "terms": "YAML", "hash": "sha256:…" }\`; with \`--as contract\` \`{ "contract": "Markdown", "hash", "edition"? }\`; for terms with faults \`{ "findings": […] }\` |
| \`terms types\` | \`{ "types": "TypeScript" }\`, or \`{ "out": FILE }\`; for terms with faults \`{ "findings": […] }\` |
| \`terms diff\` | \`{ "product", "before": { "name", "hash" }, "after": {…}, "consequences": [[consequence](consequences.md)] }\` |
| \`terms plan\` | \`{ "plan_hash", "changes": bool, "items": [{ "file", … as the authority sent it }] }\` |
| \`terms publish\`, \`terms apply\` | the edition; of several files \`{ "items": [edition] }\` |
| \`license verify\` | \`{ "verified": true, "key", "claims": {…} }\` or \`{ "verified": false, "code", "why"? }\` |

What goes wrong is one line of JSON on standard error: \`{ "error": { "code", "detail", "more"?, "next"?, "request_id"? } }\`; branch on \`code\`.
Without a terminal nothing is coloured and nothing is asked; what cannot be taken back then needs \`--yes\`. Every change is sent under an \`Idempotency-Key\`, so a lost
connection is retried without doing it twice.

| exit code | means |
|---|---|
${EXIT_MEANINGS.map(([code, means]) => `| ${code} | ${means} |`).join('\n')}

## Commands
`

/** The reference page, from the tree of commands. */
export function referencePage(): string {
  const io = { env: {}, paint: pc.createColors(false), interactive: false, terminal: false, out: () => {}, err: () => {} }
  return HEAD + leaves(buildProgram(io)).map(section).join('')
}

function leaves(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves)
}

function section(command: Command): string {
  const rows = [...command.registeredArguments.map(argumentRow), ...command.options.filter(({ long }) => long !== '--json').map(optionRow)]
  const table = rows.length === 0 ? '' : `\n| | |\n|---|---|\n${rows.join('\n')}\n`
  return `\n### ${path(command)}\n\n${sentence(command.description())}\n${table}`
}

function path(command: Command): string {
  return command.parent === null ? command.name() : `${path(command.parent)} ${command.name()}`
}

function argumentRow(argument: Argument): string {
  const { required, variadic, description } = argument
  const name = `${argument.name()}${variadic ? '…' : ''}`
  return `| \`${required ? name : `[${name}]`}\` | ${cell(description === '' ? 'its id' : description)} |`
}

function optionRow({ flags, description, mandatory, defaultValue }: Option): string {
  const more = [mandatory ? 'required' : '', typeof defaultValue === 'string' ? `default: ${defaultValue}` : ''].filter(
    (text) => text !== '',
  )
  return `| \`${flags}\` | ${cell(more.length === 0 ? description : `${description} (${more.join(', ')})`)} |`
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/--\S+=?\S*/g, (option) => `\`${option}\``)
}

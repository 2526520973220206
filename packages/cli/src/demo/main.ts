/** `npm run demo`: an authority, a tour of real decisions over HTTP, and then the authority goes on serving. `-- --once` ends after the tour. */
import { parseArgs } from 'node:util'
import { processIo } from '../io.ts'
import { Narrator, time } from './narrator.ts'
import { startDemo } from './server.ts'
import { summary } from './summary.ts'
import { runTour } from './tour.ts'

const { once } = parseArgs({ options: { once: { type: 'boolean', default: false } } }).values
const io = processIo()
const narrator = new Narrator(io, process.stdout.isTTY === true && process.stdout.columns > 40)

const started = performance.now()
io.out(io.paint.bold('Writ: who may use what, on what terms, proven how strongly.'))
const server = await narrator.progress(
  'starting an authority on the embedded store',
  () => startDemo(!once),
  ({ url }) => `an authority on its embedded store, at ${url}`,
)

let closing = false
async function close(code: number): Promise<never> {
  if (closing) process.exit(130)
  closing = true
  await server.close()
  process.exit(code)
}
process.on('SIGINT', () => close(once ? 130 : 0))
process.on('SIGTERM', () => close(once ? 143 : 0))

await runTour(server, narrator)
const { steps, statements, failures } = narrator
io.out('')
for (const failure of failures) io.err(`${io.paint.red('✗')} not as stated: ${failure}`)
const count = `${steps} steps, ${statements} statements, ${time(performance.now() - started)}`
io.out(
  failures.length === 0
    ? `${io.paint.green('✓')} Everything came out as stated: ${count}.`
    : `${io.paint.red('✗')} ${failures.length} not as stated: ${count}.`,
)
if (once) await close(failures.length === 0 ? 0 : 1)
io.out(summary(server, io.paint))

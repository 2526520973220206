import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { answer } from '@writ/client'
import { formatInstant } from '@writ/engine'
import { type UsageReceipt, UsageReceiptError, verifyUsageReceipt } from '@writ/license'
import { readKeySet, TrustError } from '@writ/trust'
import type { Command } from 'commander'
import { act, type Outcome } from '../act.ts'
import { CliError } from '../cli-error.ts'
import { connect, readText } from '../connection.ts'
import { EXIT } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { instant } from '../question.ts'
import { table } from '../table.ts'
import { pinnedRoot, write } from './license-file.ts'

interface PeriodOptions {
  readonly from?: string
  readonly to?: string
  readonly out?: string
}
interface VerifyOptions {
  readonly root: string
  readonly keySet?: string
  readonly events?: string
}

export function usageReceiptCommands(usage: Command, io: Io): void {
  const receipt = ofPeriod(usage.command('receipt').description('have it signed what is counted of a meter in a period'))
  act<PeriodOptions>(receipt, io, async ([license = '', meter = ''], { out, ...period }) => {
    const params = { path: { id: license }, query: { meter, ...periodOf(period) } }
    const data = await answer(connect(io).GET('/v1/licenses/{id}/usage/receipt', { params }))
    if (out === undefined) return { data, text: data.receipt }
    write(out, `${data.receipt}\n`)
    return { data: { ...data, out }, text: `${io.paint.green('✓')} the receipt is in ${out}` }
  })

  const events = ofPeriod(
    usage.command('events').description('list every usage that is counted of a meter in a period, as a receipt has the digest of'),
  )
  act<PeriodOptions>(events, io, async ([license = '', meter = ''], { out, ...period }) => {
    const params = { path: { id: license }, query: { meter, ...periodOf(period) } }
    const { data } = await connect(io).GET('/v1/licenses/{id}/usage/events', { params, parseAs: 'text' })
    const lines = data as unknown as string
    if (out === undefined) return { data: { lines: lines.split('\n').slice(0, -1) }, text: lines.trimEnd() }
    write(out, lines)
    return { data: { out }, text: `${io.paint.green('✓')} the events are in ${out}` }
  })

  const verify = usage
    .command('verify')
    .description('verify a usage receipt under a pinned root, in this process, without a network')
    .argument('<receipt>', '- is standard input')
    .requiredOption('--root <file>', 'the pinned root, as `writ license root` prints it')
    .option('--key-set <file>', "a saved copy of the authority's /.well-known/writ-keys: a revocation in it counts")
    .option('--events <file>', 'the usages, as `writ usage events` lists them: their digest must be the one that was signed')
  act<VerifyOptions>(verify, io, async ([path = ''], options) => {
    const roots = [pinnedRoot(options.root)]
    const text = readText(path)
    try {
      const keySet = options.keySet === undefined ? {} : { keySet: await readKeySet(Buffer.from(readText(options.keySet)), { roots }) }
      const { receipt } = await verifyUsageReceipt(text, { roots, now: Math.floor(Date.now() / 1000), ...keySet })
      return verified(receipt, options.events === undefined ? undefined : await digestOf(options.events), io)
    } catch (error) {
      if (error instanceof UsageReceiptError || error instanceof TrustError) return refused(error, io)
      throw error
    }
  })
}

function ofPeriod(command: Command): Command {
  return command
    .argument('<license>')
    .argument('<meter>')
    .option('--from <time>', 'from when (default: where the window that holds the end begins)')
    .option('--to <time>', 'until when (default: now)')
    .option('--out <file>', 'write it to this file instead of showing it')
}

function periodOf({ from, to }: Pick<PeriodOptions, 'from' | 'to'>) {
  return { ...(from !== undefined && { from: instant('--from', from) }), ...(to !== undefined && { to: instant('--to', to) }) }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const part of file === '-' ? Readable.from([readText(file)]) : createReadStream(file)) hash.update(part as string)
  } catch (error) {
    throw new CliError('FILE_UNREADABLE', `${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
  return `sha256:${hash.digest('hex')}`
}

/** @param digest of the events at hand; absent: none were shown */
function verified(receipt: UsageReceipt, digest: string | undefined, { paint }: Io): Outcome {
  const found = digest === undefined ? undefined : receipt.counted.some((each) => each.digest === digest)
  const rows = receipt.counted.map(({ license, meter, amount, count, period }) => [
    license,
    meter,
    amount,
    count,
    period === undefined
      ? 'of a report'
      : `${formatInstant(period.from)} to ${formatInstant(period.until)}${period.final ? ', final' : ''}`,
  ])
  const title = `${paint.green('✓')} verified: signed by ${receipt.iss} at ${formatInstant(receipt.iat * 1000)}`
  const says =
    found === undefined
      ? []
      : [found ? `${paint.green('✓')} these are its events` : `${paint.red('✗')} these are not its events: EVENTS_DIFFER`]
  return {
    data: { verified: found !== false, ...(found === false && { code: 'EVENTS_DIFFER' }), receipt },
    text: [title, table(['LICENCE', 'METER', 'AMOUNT', 'USAGES', 'PERIOD'], rows, paint), ...says].join('\n'),
    exitCode: found === false ? EXIT.NO : EXIT.OK,
  }
}

function refused(error: UsageReceiptError | TrustError, { paint }: Io): Outcome {
  const { why } = (error.details ?? {}) as { why?: string }
  return {
    data: { verified: false, code: error.code, ...(why !== undefined && { why }) },
    text: `${paint.red('✗')} not verified: ${paint.bold(error.code)}  ${error.message}${why === undefined ? '' : ` (${why})`}`,
    exitCode: EXIT.NO,
  }
}

import type { Command } from 'commander'
import { act } from '../act.ts'
import { EXIT } from '../exit-code.ts'
import type { Io } from '../io.ts'

export function doctorCommand(program: Command, io: Io): void {
  const command = program
    .command('doctor')
    .description('look at machine, clock, configuration, store, keys, certificate and server, and say what to do; changes nothing')
    .option('--database <url>', 'a postgres:// URL or a folder; over WRIT_DATABASE_URL')
    .option('--url <url>', 'where an authority should be running; otherwise one may be')
    .option('--peer <url>', 'somebody whose clock to compare with')
  act<{ database?: string; url?: string; peer?: string }>(command, io, async (_args, { database, ...more }) => {
    const { doctor } = await import('@writ/authority')
    const found = await doctor({ env: { ...io.env, ...(database !== undefined && { WRIT_DATABASE_URL: database }) }, ...more })
    const failed = found.filter(({ level }) => level === 'fail').length
    const warned = found.filter(({ level }) => level === 'warn').length
    const { green, yellow, red, dim, bold } = io.paint
    const marks = { ok: green('ok  '), warn: yellow('warn'), fail: red('fail') }
    const lines = found.flatMap(({ check, level, says, fix }) => [
      `${marks[level]}  ${bold(check)}  ${says}`,
      ...(fix === undefined ? [] : [`      ${dim('do:')} ${fix}`]),
    ])
    const sum = failed + warned === 0 ? green('All is well.') : `${failed} to mend, ${warned} to think about.`
    return { data: { findings: found, failed, warned }, text: [...lines, '', sum].join('\n'), exitCode: failed > 0 ? EXIT.NO : EXIT.OK }
  })
}

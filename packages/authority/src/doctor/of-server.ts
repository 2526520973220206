import type { Clock } from '../app/clock.ts'
import { type Finding, fail, ofSkew, ok, warn } from './finding.ts'

const TIMEOUT_MILLISECONDS = 5_000

/** Asks a running authority how it is. @param expected whether one should run there */
export async function ofServer(url: string, expected: boolean, clock: Clock): Promise<Finding[]> {
  let answer: Response
  let body: { status?: string; behind?: number; revision?: number }
  try {
    answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) })
    body = (await answer.json()) as typeof body
  } catch {
    const says = `Nobody answers at ${url}.`
    return [
      expected ? fail('server.ready', says, 'Start it (writ serve), or look into its log for why it ended.') : ok('server.ready', says),
    ]
  }
  const { status = `HTTP ${answer.status}`, behind = 0, revision } = body
  const found = [
    answer.ok
      ? ok('server.ready', `${url} is ready at revision ${revision}, ${behind} changes behind its store.`)
      : fail('server.ready', `${url} says: ${status}.`, FIXES[status] ?? 'Look into its log.'),
  ]
  if (behind > 100)
    found.push(warn('server.behind', `It is ${behind} changes behind.`, 'Is it short of processor time? Is the store slow?'))
  return [...found, ...ofDate('clock.server', `the authority at ${url}`, answer, clock)]
}

const FIXES: Readonly<Record<string, string>> = {
  'store unavailable': 'Bring PostgreSQL back; it goes on by itself.',
  'store replaced': 'Restart it: its store was restored or fell back.',
  behind: 'It catches up by itself; if it does not, look into its log for "the change feed cannot go on".',
}

/** Whose clock we should agree with. */
export async function ofPeer(url: string, clock: Clock): Promise<Finding[]> {
  try {
    return ofDate('clock.peer', url, await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) }), clock)
  } catch {
    return [warn('clock.peer', `Nobody answers at ${url}.`, 'Name another with --peer, one that has the time by NTP.')]
  }
}

/** A Date header has whole seconds. */
function ofDate(check: string, whose: string, { headers }: Response, clock: Clock): Finding[] {
  const date = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(date) ? [] : [ofSkew(check, whose, date + 500 - clock())]
}

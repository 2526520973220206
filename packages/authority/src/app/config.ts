import type { Rate } from '@writ/terms'
import { isLoopback } from './setting-forms.ts'
import { SETTINGS, type Setting } from './settings.ts'
import { StartError } from './start-error.ts'

export interface Config {
  readonly listen: { readonly host: string; readonly port: number }
  readonly database: { readonly kind: 'postgres'; readonly url: string } | { readonly kind: 'folder'; readonly path: string }
  /** Absent: `<configHome>/writ/<authority id>.key`. */
  readonly masterKeyFile?: string
  readonly configHome: string
  /** Of a transit key that is the master key: `https://HOST/v1/MOUNT/keys/NAME`. With a token file. */
  readonly masterKeyUrl?: string
  readonly masterKeyTokenFile?: string
  readonly masterKeyNamespace?: string
  /** Without a trailing slash. Absent: where the server turns out to listen. */
  readonly publicUrl?: string
  /** Paths of the certificate, with its chain, and of its key, in PEM. Both or none. */
  readonly tlsCert?: string
  readonly tlsKey?: string
  /** Addresses and networks of the proxy whose forwarding headers are believed. */
  readonly behindProxy?: readonly string[]
  /** What one credential, or one address without one, may ask. Absent: as much as it likes. */
  readonly decisionRate?: Rate | 'off'
  readonly managementRate?: Rate | 'off'
  readonly addressRate?: Rate | 'off'
  /** Beyond so many a new connection is closed. Absent: as many as the process may open files for. */
  readonly maxConnections?: number
  /** How long a connection may stand still. Absent: 120. */
  readonly stallSeconds?: number
  /** How long it serves on after it is told to stop. Absent: 0. */
  readonly drainSeconds?: number
  /** What a change may take from how many before somebody confirms it: `guard/thresholds.ts`. */
  readonly guardIdentities?: number
  readonly guardPercent?: number
  readonly guardMost?: number
  readonly guardSecondPerson?: number
  /** Addresses and networks of the operator's own that webhooks may be delivered to. Absent: public ones alone. */
  readonly webhookNetworks?: readonly string[]
  /** Path of the file that names the platforms whose workload identity tokens are believed. Absent: none are. */
  readonly workloadIssuersFile?: string
  /** How long the record of a decision is kept. Absent: for ever. */
  readonly decisionDays?: number
  /** How long an import and its report are kept after its last row. Absent: 30. */
  readonly importDays?: number
  /** How long after its end a window takes usage that is reported late. Absent: 3. */
  readonly usageCorrectionDays?: number
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the settings, each by its row in `SETTINGS`. An empty value counts as absent.
 * @throws {StartError} CONFIG_INVALID with every problem found, each naming its variable
 */
export function readConfig(env: Environment): Config {
  const problems: string[] = []
  const read = ({ name, fallback, form, parse }: Setting<unknown>): unknown => {
    const text = env[name]?.trim() || fallback
    if (text === undefined) return undefined
    const value = parse(text)
    if (value === undefined) problems.push(`${name} must be ${form}`)
    return value ?? (fallback === undefined ? undefined : parse(fallback))
  }
  const members = Object.entries<Setting<unknown>>(SETTINGS).map(([member, setting]) => [member, read(setting)] as const)
  // `SETTINGS` is typed by `Config`: each of its rows parses to that member.
  const config = Object.fromEntries(members.filter(([, value]) => value !== undefined)) as unknown as Config

  const hasTls = config.tlsCert !== undefined && config.tlsKey !== undefined
  if (!hasTls && (config.tlsCert ?? config.tlsKey) !== undefined)
    problems.push('WRIT_TLS_CERT and WRIT_TLS_KEY are given together, or not at all')
  else if (!hasTls && !isLoopback(config.listen.host) && config.behindProxy === undefined) {
    problems.push(
      'WRIT_LISTEN leaves this machine in plain HTTP: listen on 127.0.0.1, give WRIT_TLS_CERT and WRIT_TLS_KEY, or name the TLS proxy in front in WRIT_BEHIND_PROXY',
    )
  }
  if ((config.masterKeyUrl === undefined) !== (config.masterKeyTokenFile === undefined)) {
    problems.push('WRIT_MASTER_KEY_URL and WRIT_MASTER_KEY_TOKEN_FILE are given together, or not at all')
  }
  if (problems.length > 0) throw new StartError('CONFIG_INVALID', { problems })
  return config
}

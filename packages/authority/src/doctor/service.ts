import { systemClock } from '../app/clock.ts'
import { type Config, readConfig } from '../app/config.ts'
import { StartError } from '../app/start-error.ts'
import { migrations } from '../migrations/index.ts'
import { type Finding, fail, ok } from './finding.ts'
import { ofMachine } from './machine.ts'
import { ofCertificate } from './of-certificate.ts'
import { ofPeer, ofServer } from './of-server.ts'
import { ofStore } from './of-store.ts'

export interface DoctorOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Somebody whose `Date` header we should agree with. */
  readonly peer?: string
  /** Where an authority should be running; absent: where the configuration says that one would. */
  readonly url?: string
}

/** Looks at everything that an authority needs here, and changes nothing. */
export async function doctor({ env, peer, url }: DoctorOptions): Promise<Finding[]> {
  const clock = systemClock
  const { config, found } = ofConfiguration(env)
  return [
    ...ofMachine(config),
    ...found,
    ...(config === undefined ? [] : [...(await ofStore(config, clock, migrations)), ...ofCertificate(config, clock())]),
    ...(await ofServer(url ?? serverOf(config), url !== undefined, clock)),
    ...(peer === undefined ? [] : await ofPeer(peer, clock)),
  ]
}

function ofConfiguration(env: DoctorOptions['env']): { config?: Config; found: Finding[] } {
  try {
    return { config: readConfig(env), found: [ok('configuration', 'Every setting is understood.')] }
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    const { problems = [] } = error.details as { problems?: readonly string[] }
    return { found: problems.map((problem) => fail('configuration', problem, 'docs/reference/configuration.md has every setting.')) }
  }
}

function serverOf(config: Config | undefined): string {
  const { host, port } = config?.listen ?? { host: '127.0.0.1', port: 7070 }
  const here = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `${config?.tlsCert === undefined ? 'http' : 'https'}://${here.includes(':') ? `[${here}]` : here}:${port}`
}

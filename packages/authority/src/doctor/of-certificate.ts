import { readFileSync } from 'node:fs'
import { Certificate } from '../app/certificate.ts'
import type { Config } from '../app/config.ts'
import { publicUrlDoubts } from '../app/public-url.ts'
import { type Finding, fail, ok, warn } from './finding.ts'

const DAY = 86_400_000

export function ofCertificate(config: Config, now: number): Finding[] {
  let certificate: Certificate | undefined
  try {
    certificate = Certificate.open(config)
  } catch (error) {
    return [
      fail(
        'certificate.files',
        (error as Error).message,
        'WRIT_TLS_CERT takes the certificate with its chain in PEM, WRIT_TLS_KEY its key.',
      ),
    ]
  }
  const doubts = publicUrlDoubts(config, certificate).map((doubt) =>
    warn('configuration.public_url', doubt, 'Set WRIT_PUBLIC_URL to what clients use.'),
  )
  if (certificate === undefined || config.tlsCert === undefined) return doubts
  const days = Math.floor((certificate.expiresAt - now) / DAY)
  const fix = 'Renew it; a running authority takes the new files by itself.'
  const term =
    days < 0
      ? fail('certificate.term', 'The certificate has ended.', fix)
      : days < 14
        ? warn('certificate.term', `The certificate ends in ${days} days.`, fix)
        : ok('certificate.term', `The certificate is good for ${days} days.`)
  const count = readFileSync(config.tlsCert, 'utf8').split('-----BEGIN CERTIFICATE-----').length - 1
  const chain =
    count > 1
      ? ok('certificate.chain', `The file holds the certificate and ${count - 1} of its chain.`)
      : warn(
          'certificate.chain',
          'The file holds no chain: clients that do not know its issuer refuse it.',
          'Use the full chain (fullchain.pem).',
        )
  return [term, chain, ...doubts]
}

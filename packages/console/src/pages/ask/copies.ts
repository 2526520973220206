import type { Decision } from '../../api/records.ts'
import type { Body } from './question.ts'

/** The same question for a terminal. The key is named, never written out. */
export function asCurl(body: Body, origin: string): string {
  const quoted = JSON.stringify(body).replaceAll("'", "'\\''")
  return `curl -s ${origin}/v1/explain -H "Authorization: Bearer $WRIT_KEY" -H 'Content-Type: application/json' \\\n  -d '${quoted}'`
}

/** The same question in an application. */
export function asSdk({ at: _, feature, ...rest }: Body): string {
  const [product, name] = feature.includes(':') ? feature.split(':', 2) : [undefined, feature]
  const question = Object.entries({ ...rest, feature: name })
    .map(([key, value]) => `  ${key}: ${JSON.stringify(value)},`)
    .join('\n')
  const note = product === undefined ? '' : ` // of the product ${product}`
  return `const { allowed, reason, remedies } = await writ.check({${note}\n${question}\n})`
}

/** The question with its answer, as a case for `npm run vectors`: beside the terms and the world that it is asked of. */
export function asVector(body: Body, { allowed, reason }: Decision): string {
  const { at, ...ask } = body
  return [
    `- name: ${allowed ? 'allows' : 'refuses'} ${String(ask.identity ?? 'nobody')} ${ask.feature}`,
    ...(at === undefined ? [] : [`  at: ${at}`]),
    `  ask: ${JSON.stringify(ask)}`,
    `  want: ${allowed ? '{ allowed: true }' : JSON.stringify({ allowed, reason })}`,
  ].join('\n')
}

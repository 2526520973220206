import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { expect } from 'vitest'
import { kitTerms } from '../kit.ts'
import type { TestAuthority } from '../support.ts'
import { arbitraryRequest, type FuzzRequest, type Operation, type Schema } from './arbitrary-request.ts'

/** What no request may take longer than, on a machine however busy: a hang, not a slowness. */
const HANG_MILLISECONDS = 20_000

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Raw>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}
type Raw = Omit<Operation, 'method' | 'path' | 'body' | 'parameters'> & {
  readonly parameters?: Operation['parameters']
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

/** Every operation that the authority itself says it has. */
export async function operationsOf(authority: TestAuthority): Promise<Operation[]> {
  const { body } = await authority.call('GET', '/openapi.json')
  const { paths, components } = body as Document
  const inlined = JSON.parse(JSON.stringify(paths), (_key, value) =>
    typeof value?.$ref === 'string' ? components.schemas[value.$ref.split('/').at(-1)] : value,
  ) as Document['paths']
  return Object.entries(inlined).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody, ...operation }]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
      parameters,
      body: requestBody?.content['application/json']?.schema,
    })),
  )
}

/** Somebody of each kind, so that requests reach what is behind the first look. @returns their ids */
export async function populate({ call }: TestAuthority): Promise<string[]> {
  await call('POST', '/v1/products/kit/editions', { terms: kitTerms })
  for (const id of ['acme', 'globex']) await call('POST', '/v1/organizations', { id, title: id })
  for (const id of ['ann', 'ben']) await call('POST', '/v1/identities', { id, in: { acme: ['viewer'] } })
  await call('POST', '/v1/licenses', { id: 'L1', product: 'kit', plan: 'small', organization: 'acme' })
  await call('POST', '/v1/resources', { id: 'db', kind: 'postgres' })
  await call('POST', '/v1/imports', { id: 'imp', kind: 'organizations', format: 'csv' })
  await call('POST', '/v1/grants', {
    id: 'G1',
    identity: 'ann',
    organization: 'acme',
    feature: 'kit:query',
    until: '2026-11-23T18:00:00Z',
    approved_by: [{ identity: 'ben', roles: ['keeper'] }],
  })
  return ['acme', 'globex', 'ann', 'ben', 'L1', 'db', 'imp', 'G1', 'kit', 'small', 'kit:view', 'view', 'viewer', '1', 'nobody', 'human']
}

/** Sends requests made from an operation's schema, and holds each answer to what the document says. */
export async function fuzz(
  authority: TestAuthority,
  operation: Operation,
  ids: readonly string[],
  options: { seed: number; numRuns: number },
): Promise<void> {
  const answers = answerChecks(operation)
  await fc.assert(
    fc.asyncProperty(arbitraryRequest(operation, ids), async (request) => {
      const { status, type, text } = await sent(authority, request)
      // A list of the past is not failed at but not offered, as Token Status List has it: 501.
      const isFine = status < 500 || (status === 501 && text.includes('"STATUS_TIME_UNSUPPORTED"'))
      expect([request.method, request.url, isFine || text]).toEqual([request.method, request.url, true])
      expect((Object.prototype as { admin?: unknown }).admin).toBeUndefined()
      expect(text).not.toMatch(/\n\s+at |node_modules|SELECT |INSERT |relation "/)
      const check = answers(status, type)
      if (check === undefined)
        throw new Error(`${status} ${type} of ${operation.operationId} is not in the document: ${text.slice(0, 300)}`)
      const problem = check(text)
      if (problem !== undefined)
        throw new Error(`${status} of ${operation.operationId} is not as the document says: ${problem} in ${text.slice(0, 600)}`)
    }),
    { ...options, endOnFailure: true },
  )
}

async function sent(authority: TestAuthority, { method, url, headers, body }: FuzzRequest) {
  const legal = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value).toString('latin1')]))
  const answer = await fetch(authority.url + url, {
    method,
    headers: { authorization: `Bearer ${authority.key}`, ...legal },
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(HANG_MILLISECONDS),
    redirect: 'manual',
  })
  const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? ''
  // A stream goes on for ever; that it began is the answer.
  if (type === 'text/event-stream') await answer.body?.cancel()
  return { status: answer.status, type, text: answer.bodyUsed ? '' : await answer.text() }
}

type Check = (text: string) => string | undefined

function answerChecks({ responses }: Operation): (status: number, type: string) => Check | undefined {
  const compiled = new Map<string, Check>()
  for (const [status, { content }] of Object.entries(responses)) {
    for (const [type, { schema }] of Object.entries(content ?? { '': { schema: {} } })) {
      compiled.set(`${status.toLowerCase()} ${type}`, checkOf(schema, type))
    }
  }
  return (status, type) => {
    const classes = [String(status), `${Math.floor(status / 100)}xx`]
    // A body that is not there has no type, whatever the document says that it would be.
    if (status === 204 || status === 304)
      return classes.some((each) => [...compiled.keys()].some((key) => key.startsWith(`${each} `))) ? () => undefined : undefined
    return classes.map((each) => compiled.get(`${each} ${type}`)).find((check) => check !== undefined)
  }
}

function checkOf(schema: Schema, type: string): Check {
  if (!/[/+]json$/.test(type)) return () => undefined
  const validator = Compile(schema as never)
  return (text) => {
    const value: unknown = JSON.parse(text)
    if (validator.Check(value)) return undefined
    const [first] = validator.Errors(value) as unknown as { instancePath: string; message: string }[]
    return `${first?.instancePath} ${first?.message}`
  }
}

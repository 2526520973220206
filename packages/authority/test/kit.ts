import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import type { Config } from '../src/index.ts'
import { type Call, MONDAY, type OpenStore, scratchFolder, startAuthority, type TestAuthority, testConfig } from './support.ts'

export const kitTerms = readFileSync(new URL('kit.terms.yaml', import.meta.url), 'utf8')

/** An authority that sells the product `kit` to the organization `acme`, with a clock that a test moves. */
export interface Kit {
  now: number
  readonly authority: TestAuthority
  readonly call: Call
  /** Calls and expects success. @returns the body */
  done(method: string, path: string, body?: unknown): Promise<ReturnType<typeof JSON.parse>>
  /** Makes members of an organization, each with the role `viewer` where none is named. */
  people(organization: string, ...ids: string[]): Promise<void>
  /** `allowed` with the kinds of its notices, or the reason of the refusal. */
  ask(identity: string, feature?: string, more?: object): Promise<string>
}

export const DAY = 86_400_000

export function useKit(open: OpenStore, config: Partial<Config> = {}): Kit {
  const folder = scratchFolder()
  let authority: TestAuthority
  const kit: Kit = {
    now: MONDAY,
    get authority() {
      return authority
    },
    call: (...request) => authority.call(...request),
    async done(method, path, body) {
      const answer = await authority.call(method, path, body)
      expect([method, path, answer.status, answer.text]).toEqual([method, path, expect.toBeOneOf([200, 201, 204]), expect.anything()])
      return answer.body
    },
    async people(organization, ...ids) {
      for (const id of ids) await kit.done('POST', '/v1/identities', { id, in: { [organization]: ['viewer'] } })
    },
    async ask(identity, feature = 'view', more = {}) {
      const { allowed, reason, notices = [] } = await kit.done('POST', '/v1/check', { identity, feature: `kit:${feature}`, ...more })
      return allowed ? ['allowed', ...notices.map(({ type }: { type: string }) => type)].join(' ') : reason
    },
  }
  beforeAll(async () => {
    authority = await startAuthority(await open(), folder, { clock: () => kit.now, config: testConfig(folder, config) })
    await kit.done('POST', '/v1/products/kit/editions', { terms: kitTerms })
    await kit.done('POST', '/v1/organizations', { id: 'acme', title: 'Acme' })
  })
  beforeEach(() => {
    kit.now = MONDAY
  })
  afterAll(() => authority.close())
  return kit
}

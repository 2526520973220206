import { randomUUID } from 'node:crypto'
import {
  asStaged,
  type Decision,
  decisionToWire,
  type Instant,
  type LicenseRecord,
  licensesWithin,
  newestWithin,
  type Request,
  requestFromWire,
  type WireDecision,
  type WireRequest,
  type World,
} from '@writ/engine'
import {
  type EntitlementDetail,
  issueEntitlementToken,
  MAX_TOKEN_SECONDS,
  TOKEN_USE,
  type TokenClaims,
  type TokenDecision,
  TokenError,
} from '@writ/license'
import type { CompiledFeature } from '@writ/terms'
import { ApiError, type ApiErrorCode } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { holds, type Reach, seesOrganization, seesProduct } from '../enforcers/scope.ts'
import { signerFor } from '../keys/signing-keys.ts'
import { admit } from './admit.ts'
import { type Caller, check, look } from './service.ts'
import { told } from './told.ts'

/** Who the token is about, under which circumstances, and for whom. */
export interface TokenRequest extends Omit<WireRequest, 'feature' | 'commands' | 'resource' | 'consume' | 'wanted' | 'partial'> {
  readonly product: string
  /** Bare names; absent: every feature of the product. */
  readonly features?: readonly string[]
  /** Ids of declared resources; features about a resource are told of these alone. */
  readonly resources?: readonly string[]
  readonly audience?: string
  /** At most 900; default 300. */
  readonly seconds?: number
  /** RFC 7638 thumbprint of the key that whoever brings the token must prove to hold. */
  readonly dpop_jkt?: string
}

export interface IssuedToken {
  readonly token: string
  readonly claims: TokenClaims
}

const DEFAULT_SECONDS = 300
/** Questions in one token: more would be a listing, and too long for a header. */
const MOST_QUESTIONS = 512

/**
 * Decides every feature of a product for one identity, as a check would, and signs the answers for some minutes. Takes the seat that its
 * use needs, and nothing that is counted: a quota is consumed, and a rate taken, by asking.
 * @throws {ApiError} PRODUCT_UNKNOWN, FEATURE_UNKNOWN, RESOURCE_UNKNOWN, IDENTITY_UNKNOWN, IDENTITY_SUSPENDED, IDENTITY_REVOKED,
 * TOKEN_REFUSED, TOKEN_TOO_LARGE, ROOT_TAKEN_OUT
 */
export async function issueToken(authority: Authority, caller: Caller, asked: TokenRequest): Promise<IssuedToken> {
  const { clock, db, id: iss } = authority
  const { credential } = caller
  const now = clock()
  const { product, features, resources, audience, seconds = DEFAULT_SECONDS, dpop_jkt, ...common } = asked
  const questions = questionsOf(authority, credential, asked)
  if (questions.length > MOST_QUESTIONS) throw new ApiError('TOKEN_TOO_LARGE')
  const who = subjectOf(authority, credential, common)
  const requests = questions.map((question) => requestFromWire({ ...common, ...question }))
  await takeSeats(authority, caller, requests, now)
  const revision = authority.feed.revision
  const answers = requests.map((request) => look(authority, credential, request, now))
  for (const { decision } of answers) assertMayHaveOne(decision, credential)
  const signer = await db.transaction().execute((tx) => signerFor(tx, authority, TOKEN_USE))
  const { sub } = who
  const status = await authority.statusLists.placeOf(sub)
  const iat = Math.floor(clock() / 1000)
  const claims: TokenClaims = {
    iss,
    ...who,
    aud: audience ?? product,
    client_id: credential.id,
    iat,
    exp: iat + Math.min(seconds, MAX_TOKEN_SECONDS),
    jti: randomUUID(),
    ...strongest(authority, credential, asked, now),
    product,
    revision,
    ...said(
      questions,
      answers.map(({ decision, spending }) => ({
        decided: decisionToWire(decision),
        told: decisionToWire(told(decision, credential)),
        counted: spending?.rate !== undefined,
      })),
      iat + Math.min(seconds, MAX_TOKEN_SECONDS),
      (question, commands) => look(authority, credential, requestFromWire({ ...common, ...question, commands }), now).decision.allowed,
    ),
    ...(status !== undefined && { status: { status_list: { uri: status.uri, idx: status.index } } }),
    ...(dpop_jkt !== undefined && { cnf: { jkt: dpop_jkt } }),
  }
  const token = await issueEntitlementToken(claims, signer.key).catch((error: unknown) => {
    throw error instanceof TokenError && error.code === 'TOKEN_TOO_LARGE' ? new ApiError('TOKEN_TOO_LARGE') : error
  })
  authority.counts.tokens++
  return { token, claims }
}

/**
 * Whom the token is about, as far as the credential may say so: whoever has no feature to be asked about is judged all the same, or a key that
 * may not speak for somebody would get a token in their name.
 * @throws {ApiError} IDENTITY_UNKNOWN, ORGANIZATION_UNKNOWN, IDENTITY_SUSPENDED, IDENTITY_REVOKED
 */
function subjectOf(
  { world }: Authority,
  credential: Reach,
  { identity, actor, organization }: Pick<TokenRequest, 'identity' | 'actor' | 'organization'>,
): Pick<TokenClaims, 'sub' | 'actor' | 'organization'> {
  const sent = {
    feature: '',
    ...(identity !== undefined && { identity }),
    ...(actor !== undefined && { actor }),
    ...(organization !== undefined && { organization }),
  }
  const { request } = admit(requestFromWire(sent as WireRequest), credential, world)
  const known = (who: Request['identity']): string => {
    const row = who === undefined ? undefined : world.identities.find(who)
    if (row === undefined) throw new ApiError('IDENTITY_UNKNOWN')
    const status = world.identities.status(row)
    if (status !== 'active' && credential.reasons === false) throw new ApiError('TOKEN_REFUSED')
    if (status !== 'active') throw new ApiError(status === 'suspended' ? 'IDENTITY_SUSPENDED' : 'IDENTITY_REVOKED')
    return world.identities.id(row)
  }
  if (request.organization !== organization) throw new ApiError('ORGANIZATION_UNKNOWN')
  const sub = known(request.identity)
  return { sub, ...(actor !== undefined && { actor: known(request.actor) }), ...(organization !== undefined && { organization }) }
}

interface AskedFor {
  /** In full. */
  readonly feature: string
  readonly commands?: readonly [string]
  readonly resource?: string
}

/** One question for each feature, each resource that it is about, and each command. */
function questionsOf({ world }: Authority, reach: Reach, asked: TokenRequest): AskedFor[] {
  const { product, features, resources = [] } = asked
  const record = seesProduct(reach, product) ? world.product(product) : undefined
  if (record === undefined) throw new ApiError('PRODUCT_UNKNOWN')
  const known = new Set([...record.editions.values()].flatMap((edition) => [...edition.features.keys()]))
  const licenses = licensesOfSubject(world, reach, asked)
  const found = resources.map((id) => world.resource(id) ?? unknown('RESOURCE_UNKNOWN'))
  return (features ?? [...known].sort()).flatMap((name) => {
    const feature = `${product}:${name}`
    const newest = known.has(name) ? world.feature(feature) : undefined
    // As a check takes it: of whom a licence is on a staged edition, its commands are that edition's.
    const { kind, commands } = featureShape(asStaged(newest ?? unknown('FEATURE_UNKNOWN'), () => licenses).feature)
    const about =
      kind === undefined ? [{ feature }] : found.filter((each) => each.kind === kind).map(({ id }) => ({ feature, resource: id }))
    return about.flatMap((each): AskedFor[] =>
      commands.length === 0 ? [each] : commands.map((command) => ({ ...each, commands: [command] })),
    )
  })
}

/** By which the token's subject may be judged, as far as the credential sees. */
function licensesOfSubject(world: World, reach: Reach, { identity, organization }: TokenRequest): LicenseRecord[] {
  const row = identity === undefined ? undefined : world.identities.find(identity)
  const licenses = row === undefined ? [] : licensesWithin(world, row, organization)
  return licenses.filter(({ fact }) => fact.organization === undefined || seesOrganization(reach, fact.organization))
}

function unknown(code: 'RESOURCE_UNKNOWN' | 'FEATURE_UNKNOWN'): never {
  throw new ApiError(code)
}

/** Going by a token is use: who has no seat yet takes one here, as the first check would. */
async function takeSeats(authority: Authority, caller: Caller, requests: readonly Request[], now: Instant): Promise<void> {
  const seated = new Set<string>()
  for (const request of requests) {
    const { decision, spending } = look(authority, caller.credential, request, now)
    if (!decision.allowed || spending?.seat === undefined || spending.rate !== undefined || seated.has(spending.license)) continue
    seated.add(spending.license)
    await check(authority, caller, request, 'whatever it spends')
  }
}

const NO_TOKEN: Partial<Record<NonNullable<Decision['reason']>, ApiErrorCode>> = {
  identity_unknown: 'IDENTITY_UNKNOWN',
  identity_suspended: 'IDENTITY_SUSPENDED',
  identity_revoked: 'IDENTITY_REVOKED',
  risk_denied: 'TOKEN_REFUSED',
}

/** Who may do nothing, whatever it is, gets no token: it would only say so many times. */
function assertMayHaveOne({ reason }: Decision, { reasons }: Reach): void {
  const code = reason === undefined ? undefined : NO_TOKEN[reason]
  if (code !== undefined && reasons === false) throw new ApiError('TOKEN_REFUSED')
  if (code !== undefined) throw new ApiError(code as 'TOKEN_REFUSED')
}

/** OAuth's projection of the proofs, for whoever reads nothing else; `decision.md` section 1. */
function strongest({ world }: Authority, reach: Reach, asked: TokenRequest, now: Instant): Partial<TokenClaims> {
  const { proofs = [], product } = asked
  const record = world.product(product)
  const levels = record === undefined ? [] : newestWithin(record, licensesOfSubject(world, reach, asked)).terms.levels
  const past = holds(reach, 'assert:proofs')
    ? proofs.map(({ level, at }) => ({ rank: levels.findIndex(({ name }) => name === level), level, at: Date.parse(at) }))
    : []
  const [best] = past.filter(({ rank, at }) => rank >= 0 && at <= now).sort((a, b) => b.rank - a.rank || b.at - a.at)
  return best === undefined ? {} : { acr: levels[best.rank]?.acr ?? best.level, auth_time: Math.floor(best.at / 1000) }
}

interface Told {
  /** In full: commands that fare alike by different entries are not told together. */
  readonly decided: WireDecision
  readonly told: WireDecision
  readonly counted: boolean
}

/** What is simply allowed by its name; all else in detail, what is the same said once. */
function said(
  questions: readonly AskedFor[],
  answers: readonly Told[],
  exp: number,
  /** Whether one entry, and all else that a check looks at, covers several commands at once. */
  areTogether: (question: AskedFor, commands: readonly string[]) => boolean,
): Pick<TokenClaims, 'entitlements' | 'authorization_details'> {
  const entitlements: string[] = []
  const details = new Map<string, { question: AskedFor; actions: Set<string>; privileges: Set<string>; rest: Partial<EntitlementDetail> }>()
  for (const [i, question] of questions.entries()) {
    const { feature, resource, commands } = question
    const { decided, told: wire, counted } = answers[i] as Told
    // Of commands the entry is told as well: a set of them is allowed only where one entry covers them all.
    const decision = shortened(wire, exp, commands !== undefined)
    if (decision === undefined && !counted && resource === undefined) {
      entitlements.push(feature)
      continue
    }
    const rest = {
      ...(resource !== undefined && { identifier: resource }),
      ...(decision && { decision }),
      ...(counted && ({ counted } as const)),
    }
    // Commands are of one feature; whole features that fare alike share a detail.
    const whole = commands === undefined ? '' : [feature, shortened(decided, exp, true)]
    const key = JSON.stringify([whole, rest])
    const detail = details.get(key) ?? { question, actions: new Set(), privileges: new Set(), rest }
    detail.actions.add(feature)
    for (const command of commands ?? []) detail.privileges.add(command)
    details.set(key, detail)
  }
  const listed = [...details.values()].flatMap(({ question, actions, privileges, rest }) => {
    const commands = [...privileges]
    const isWhole = commands.length < 2 || rest.decision?.allowed === false || areTogether(question, commands)
    const groups = isWhole ? [commands] : commands.map((command) => [command])
    return groups.map(
      (group): EntitlementDetail => ({
        type: 'writ_entitlement',
        actions: [...actions],
        ...(group.length > 0 && { privileges: group }),
        ...rest,
      }),
    )
  })
  return { entitlements, ...(listed.length > 0 && { authorization_details: listed }) }
}

/** @returns `undefined` for a plain yes that holds as long as the token */
function shortened(decision: WireDecision, exp: number, inFull: boolean): TokenDecision | undefined {
  const { allowed, reason, remedies, obligations, notices, value, license, entry, grant, edition, expires } = decision
  const ends = expires !== undefined && Date.parse(expires) < exp * 1000
  const isPlain = !inFull && allowed && obligations.length === 0 && notices.length === 0 && value === undefined && !ends
  if (isPlain) return undefined
  return {
    allowed,
    ...(reason !== undefined && { reason }),
    ...(remedies.length > 0 && { remedies }),
    ...(obligations.length > 0 && { obligations }),
    ...(notices.length > 0 && { notices }),
    ...(value !== undefined && { value }),
    ...(license !== undefined && { license }),
    ...(entry !== undefined && { entry }),
    ...(grant !== undefined && { grant }),
    ...(edition !== undefined && { edition }),
    ...(ends && { expires }),
  } as unknown as TokenDecision
}

function featureShape({ feature: { resource, commands } }: CompiledFeature): { kind: string | undefined; commands: readonly string[] } {
  return { kind: resource, commands: commands ?? [] }
}

import type { FindingCode } from '../codes.ts'
import type { Finding } from '../finding.ts'
import type { Terms } from '../model.ts'
import { NOWHERE, type Place, Report } from '../report.ts'
import { didYouMean } from '../suggest.ts'
import { entryWarnings } from './entries.ts'
import { METHODS } from './methods.ts'

export type Warn = (about: object, code: FindingCode, message: string, suggestion?: string | (() => string | undefined)) => void

/**
 * What is valid but can never hold, or says something that nobody will hear.
 * @param places where the objects of the terms stood in their file; without it every place is 0:0
 */
export function warnings(terms: Terms, places: WeakMap<object, Place> = new WeakMap()): readonly Finding[] {
  const report = new Report()
  const warn: Warn = (about, code, message, suggestion) => report.add(places.get(about) ?? NOWHERE, code, message, suggestion)
  roleWarnings(terms, warn)
  levelWarnings(terms, warn)
  unused(terms, warn)
  entryWarnings(terms, warn)
  return report.sorted()
}

function roleWarnings({ roles, features }: Terms, warn: Warn): void {
  const names = [...features.keys()]
  const permitted = new Set<string>()
  for (const [role, patterns] of roles) {
    let any = false
    for (const pattern of patterns) {
      const matched = features.has(pattern) ? [pattern] : names.filter((feature) => matches(pattern, feature))
      for (const feature of matched) permitted.add(feature)
      any ||= matched.length > 0
      if (matched.length > 0) continue
      const message = `${JSON.stringify(pattern)} of role ${role} matches no feature.`
      warn(patterns, 'PATTERN_MATCHES_NOTHING', message, () => didYouMean(pattern, groupsOf(features)))
    }
    if (!any) warn(patterns, 'ROLE_PERMITS_NOTHING', `Role ${role} permits nothing.`, 'Name a feature, "job.*" or "*".')
  }
  // A product without roles is sold to identities themselves, who need none.
  if (roles.size === 0) return
  for (const [id, feature] of features) {
    if (!permitted.has(id)) warn(feature, 'FEATURE_PERMITTED_TO_NOBODY', `No role permits ${id}.`, 'Add it to a role.')
  }
}

/** `report.*` for every `report.export`. */
function groupsOf(features: Terms['features']): Set<string> {
  return new Set(
    [...features.keys()].filter((feature) => feature.includes('.')).map((feature) => `${feature.slice(0, feature.lastIndexOf('.'))}.*`),
  )
}

/** @param pattern no name of a feature, so that it is `*` or ends in `.*`: anything else was refused as it was read */
function matches(pattern: string, feature: string): boolean {
  return pattern === '*' || feature.startsWith(pattern.slice(0, -1))
}

function levelWarnings({ levels, features }: Terms, warn: Warn): void {
  for (const level of levels) {
    if (level.anyOf.some((all) => all.every((method) => METHODS.has(method)))) continue
    const strange = level.anyOf.flat().find((method) => !METHODS.has(method))
    warn(
      level,
      'LEVEL_OUT_OF_REACH',
      strange === undefined
        ? `Nothing proves level ${level.name}.`
        : `No way to prove level ${level.name} is made of registered methods: ${JSON.stringify(strange)} is none.`,
      () =>
        (strange === undefined ? undefined : didYouMean(strange, METHODS)) ??
        'Use values of amr from RFC 8176, such as pwd, otp, hwk, swk, user.',
    )
  }
  for (const [id, feature] of features) {
    if (feature.assurance?.withinSeconds === undefined) continue
    warn(
      feature,
      'AGE_NOT_LOOKED_AT',
      `The minimum of ${id} is a level alone; its age is not looked at.`,
      'Put "within" into the entries of the plans.',
    )
  }
}

function unused({ meters, features, federation, plans }: Terms, warn: Warn): void {
  const counted = new Set([...features.values()].map(({ meter }) => meter))
  for (const [id, meter] of meters) {
    if (!counted.has(id))
      warn(meter, 'METER_UNUSED', `No feature is counted by meter ${id}.`, `Add "meter: ${id}" to a feature, or leave the meter out.`)
  }
  const needed = new Set<string | undefined>()
  for (const { includes } of plans.values())
    for (const entries of includes.values()) for (const { needs } of entries) needed.add(needs?.split(':')[0])
  for (const [alias, other] of federation) {
    if (!needed.has(alias))
      warn(
        other,
        'AUTHORITY_UNUSED',
        `No entry needs anything of ${alias}.`,
        `Write "needs: '${alias}:FEATURE'" in an entry, or leave the authority out.`,
      )
  }
}

import type { Terms } from '../model.ts'
import type { Place, Report } from '../report.ts'
import { isWhole, type Tree } from '../source/tree.ts'
import { readLevels, readSignals } from './assurance.ts'
import { readEnds } from './conditions.ts'
import { readContext, readFederation, readProperties, readTypes } from './facts.ts'
import { readFeatures, readMeters, readRoles } from './features.ts'
import { distinct, fields, name, text } from './fields.ts'
import { inherit } from './inherit.ts'
import { readPlans } from './plans.ts'
import { checkReferences } from './references.ts'
import { namesOf, type Scope } from './scope.ts'

const TOP_KEYS = [
  'terms',
  'product',
  'title',
  'features',
  'meters',
  'context',
  'attributes',
  'properties',
  'assurance',
  'signals',
  'roles',
  'ends',
  'publish',
  'plans',
  'federation',
] as const

/** Reads a whole file. The result means something only if no error was reported. */
export function readTerms(tree: Tree, report: Report, places: WeakMap<object, Place>): Terms | undefined {
  const its = fields(tree, 'a terms file', TOP_KEYS, report)
  if (its === undefined) return undefined
  const version = its.require('terms')
  if (version && version.kind !== 'broken' && !(version.kind === 'leaf' && version.value === 1))
    report.add(version.place, 'UNKNOWN_VERSION', 'This is not a version of the language that is known here.', 'Write "terms: 1".')
  const productTree = its.require('product')
  const product = (productTree && name(productTree, 'product', report)) ?? ''
  const titleTree = its.get('title')

  const before = report.errors
  const facts = ['context', 'attributes', 'properties'].map(its.get)
  const context = readContext(its.get('context'), report)
  const attributes = readTypes(its.get('attributes'), 'attributes', report)
  const properties = readProperties(its.get('properties'), report)
  const scope: Scope = {
    report,
    places,
    names: {
      features: namesOf(its.get('features')),
      meters: namesOf(its.get('meters')),
      levels: namesOf(its.get('assurance')),
      roles: namesOf(its.get('roles')),
      plans: namesOf(its.get('plans')),
      authorities: namesOf(its.get('federation')),
    },
    features: new Map(),
    declared: report.errors === before && facts.every(isWhole) ? { context, attributes, properties } : undefined,
  }
  const features = readFeatures(its.get('features'), scope)
  const meters = readMeters(its.get('meters'), scope)
  const levels = readLevels(its.get('assurance'), scope)
  const { signals, onFailure } = readSignals(its.get('signals'), scope)
  const roles = readRoles(its.get('roles'), scope)
  const endsTree = its.get('ends')
  const ends = endsTree && readEnds(endsTree, report)
  const publishTree = its.get('publish')
  const signedOffBy = publishTree && readPublish(publishTree, report)
  const federation = readFederation(its.get('federation'), scope)
  const own = readPlans(its.get('plans'), { ...scope, features })
  const terms: Terms = {
    product,
    title: (titleTree && text(titleTree, 'title', report)) ?? product,
    features,
    meters,
    context,
    attributes,
    properties,
    levels,
    signals,
    onSignalFailure: onFailure,
    roles,
    ...(ends !== undefined && { ends }),
    ...(signedOffBy !== undefined && { signedOffBy }),
    plans: inherit(own, report),
    federation,
  }
  checkReferences(terms, scope)
  return terms
}

function readPublish(tree: Tree, report: Report): readonly string[] | undefined {
  const names = fields(tree, 'publish', ['signed_off_by'], report)?.require('signed_off_by')
  return names && distinct(names, 'signed_off_by', report, (item) => name(item, 'signed_off_by', report))?.sort()
}

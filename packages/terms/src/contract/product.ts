import { writeFraction } from '../forms/number.ts'
import { writeDays, writeTime } from '../forms/week.ts'
import type { FactType, Feature, Terms } from '../model.ts'
import { listed } from '../words.ts'
import { daysInWords } from './conditions.ts'
import { type Inline, type Paragraph, type Section, say, series, strong } from './document.ts'
import { byName, definitionOf, nameOf } from './names.ts'

export function featureSection({ features }: Terms): Section {
  return section(
    'What can be used',
    byName(features).map(([name, feature]) => say`${definitionOf(feature.title, name)}. ${featureSentences(feature)}`),
  )
}

function featureSentences({ type, unit, values, meter, resource, commands, assurance, repair, unreachable }: Feature): Inline[] {
  const sentences: Inline[][] = [
    type === 'switch'
      ? say`A plan includes it or not.`
      : type === 'limit'
        ? say`A plan includes it up to an amount${unit === undefined ? '' : `, in ${unit}`}.`
        : say`A plan includes it in one of these sizes, smallest first, and with one all before it: ${listed(values ?? [])}.`,
    ...(meter === undefined ? [] : [say`Its use is counted as ${strong(meter)}.`]),
    ...(resource === undefined ? [] : [say`It is used on resources of the kind ${resource}.`]),
    ...(commands === undefined ? [] : [say`What can be done: ${listed(commands)}.`]),
    ...(assurance === undefined
      ? []
      : [say`Nobody uses it without a proof of ${strong(assurance.level)} or stronger, whichever edition their licence has.`]),
    ...(repair
      ? [
          say`It stays open when a licence has ended or is unpaid, without a seat and at any hour, so that who can put things right is never locked out.`,
        ]
      : []),
    ...(unreachable === 'open' ? [say`It stays open while the authority cannot be reached.`] : []),
  ]
  return sentences.flatMap((sentence, i) => (i === 0 ? sentence : [' ', ...sentence]))
}

export function meterSection({ meters }: Terms): Section {
  return section(
    'What is counted',
    byName(meters).map(
      ([name, { unit, alertAt }]) =>
        say`${strong(name)}: each ${unit}, added up.${alertAt.length === 0 ? '' : ` Marks at ${listed(alertAt.map(writeFraction))} of what is included are kept; no notice is promised.`}`,
    ),
  )
}

export function roleSection(terms: Terms): Section {
  const what = (pattern: string): Inline[] => {
    if (pattern === '*') return say`everything, what is added later included`
    if (pattern.endsWith('.*')) return say`everything whose name begins with ${pattern.slice(0, -1)}, what is added later included`
    return nameOf('feature', pattern, terms)
  }
  return section(
    'Who may do what',
    byName(terms.roles).map(([role, patterns]) =>
      patterns.length === 0
        ? say`${strong(role)} may use nothing.`
        : say`${strong(role)} may use ${series(patterns.map(what))}, where the plan includes it.`,
    ),
  )
}

export function endSection({ ends }: Terms): Section {
  return section('When licences end', [
    ends === undefined
      ? say`A licence ends at the date and time that it says.`
      : say`A licence ends on ${daysInWords(writeDays(ends.days)).replaceAll(' and ', ' or ')} at ${writeTime(ends.minuteOfDay)}, local time in ${ends.zone}: a date that falls otherwise is moved to the next such time when the licence is issued or renewed.`,
  ])
}

export function authoritySection({ federation }: Terms): Section {
  return section(
    'Other authorities',
    byName(federation).map(
      ([alias, { authority, product }]) => say`${strong(alias)} is the product ${product} of the authority at ${authority}.`,
    ),
  )
}

export function factSection({ context, attributes, properties }: Terms): Section {
  const from = {
    enforcer: 'said by the application',
    token: 'said by a verified token',
    access_request: 'taken from an approved request',
    world: 'on record',
  }
  const plain = (what: string, facts: ReadonlyMap<string, FactType>) =>
    byName(facts).map(([name, type]) => say`${strong(name)}: ${kind(type)}, ${what}.`)
  return section('Facts that conditions look at', [
    ...byName(context).map(([name, { type, from: who }]) => say`${strong(name)}: ${kind(type)} of the request, ${from[who]}.`),
    ...plain('on record about a person', attributes),
    ...plain('which the application says of the person', properties.subject),
    ...plain('which the application says of the resource', properties.resource),
    ...plain('which the application says of what is done', properties.action),
  ])
}

function kind(type: FactType): string {
  return { string: 'a text', boolean: 'a yes or no', number: 'a number', 'list of string': 'a list of texts' }[type]
}

export function section(title: string, sentences: readonly (readonly Inline[])[]): Section {
  const paragraphs: Paragraph[] = sentences.map((text) => ({ text }))
  return { title, paragraphs: paragraphs.length === 0 ? [{ text: say`Nothing is agreed about this.` }] : paragraphs }
}

export function signOffSection(names: readonly string[]): Section {
  return section('Publication', [
    say`The next edition is published once it is signed off by each of these: ${listed([...names].sort())}. So is one that names fewer.`,
  ])
}

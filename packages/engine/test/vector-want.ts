import type { Decision } from '../src/decision.ts'
import { decisionToWire } from '../src/wire.ts'

/** What a case wants; only what is written is compared. */
export type Want = Readonly<Record<string, unknown>>

const LISTS: readonly string[] = ['remedies', 'notices', 'obligations']
const PLAIN: readonly string[] = ['allowed', 'reason', 'license', 'entry', 'value', 'admitted', 'grant', 'edition']

/** What did not come out as wanted, a sentence each. */
export function compare(decision: Decision, want: Want): string[] {
  const got = decisionToWire(decision) as unknown as Record<string, unknown>
  const faults: string[] = []
  for (const [name, wanted] of Object.entries(want)) {
    if (LISTS.includes(name)) {
      for (const item of wanted as unknown[]) if (!holds(got[name], item)) faults.push(`${name} lacks ${show(item)}: ${show(got[name])}`)
    } else if (name.startsWith('not_') && LISTS.includes(name.slice(4))) {
      for (const item of wanted as unknown[]) if (holds(got[name.slice(4)], item)) faults.push(`${name.slice(4)} has ${show(item)}`)
    } else if (name === 'expires') {
      const same = wanted === 'none' ? got.expires === undefined : sameValue(got.expires, wanted)
      if (!same) faults.push(`expires is ${show(got.expires)}, wanted ${show(wanted)}`)
    } else if (PLAIN.includes(name)) {
      if (!sameValue(got[name], wanted)) faults.push(`${name} is ${show(got[name])}, wanted ${show(wanted)}`)
    } else faults.push(`the case wants ${name}, which no answer has`)
  }
  return faults.length === 0 ? faults : [...faults, `answer: ${show(got)}`]
}

function holds(list: unknown, item: unknown): boolean {
  const wanted = typeof item === 'string' ? { type: item } : (item as object)
  return (list as Record<string, unknown>[]).some((one) => Object.entries(wanted).every(([name, value]) => sameValue(one[name], value)))
}

function sameValue(got: unknown, wanted: unknown): boolean {
  if (typeof got === 'string' && typeof wanted === 'string' && /^\d{4}-\d\d-\d\dT/.test(wanted))
    return Date.parse(got) === Date.parse(wanted)
  return JSON.stringify(got) === JSON.stringify(wanted)
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'absent'
}

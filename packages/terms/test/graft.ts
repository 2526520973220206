import fc, { type Arbitrary } from 'fast-check'
import { canonical, parseValue, type Terms } from '../src/index.ts'
import { arbitraryTerms } from './arbitrary-terms.ts'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/**
 * Terms, and the same with one to three parts taken from others: what people do who write the next edition. Falls back to equal terms where
 * the parts do not fit together.
 */
export function arbitraryNextEdition(base: Arbitrary<Terms> = arbitraryTerms()): Arbitrary<readonly [before: Terms, after: Terms]> {
  return fc.tuple(base, arbitraryTerms(), fc.array(fc.nat(), { minLength: 1, maxLength: 3 })).map(([before, other, picks]) => {
    const from = JSON.parse(canonical({ ...other, product: before.product })) as Json
    let after = before
    for (const pick of picks) {
      after = parseValue(graft(JSON.parse(canonical(after)) as Json, from, pick)).terms ?? after
    }
    return [before, after] as const
  })
}

/** One member of the one, at some depth, becomes the other's: replaced, added or taken away. */
function graft(onto: Json, from: Json, pick: number): Json {
  if (!isMap(onto) || !isMap(from)) return from
  const names = [...new Set([...Object.keys(onto), ...Object.keys(from)])].filter(
    (name) => JSON.stringify(onto[name]) !== JSON.stringify(from[name]),
  )
  if (names.length === 0) return onto
  const name = names[pick % names.length] as string
  const [mine, theirs] = [onto[name], from[name]]
  const result: { [name: string]: Json } = { ...onto }
  if (theirs === undefined) delete result[name]
  else result[name] = mine === undefined ? theirs : graft(mine, theirs, Math.floor(pick / names.length))
  return result
}

function isMap(value: Json): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

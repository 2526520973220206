import { Lexer } from 'yaml'
import { BOUNDS } from '../bounds.ts'
import { NOWHERE, type Place, type Report } from '../report.ts'

const SCALAR_FOLLOWS = '\u001f'

/**
 * Refuses what would make the YAML composer slow or overflow its stack: it recurses into every level, so depth is counted
 * here first, by the lexer alone, which is linear and does not recurse.
 * @returns whether the source may be composed
 */
export function preflight(source: string, report: Report): boolean {
  // Length in UTF-16 units is a lower bound of the bytes, and checking it costs nothing even for a huge input.
  if (source.length > BOUNDS.sourceBytes || new TextEncoder().encode(source).length > BOUNDS.sourceBytes) {
    report.add(NOWHERE, 'SOURCE_TOO_LARGE', 'The file is larger than 1 MiB.', 'Split the product into several products.')
    return false
  }
  let offset = 0
  let flow = 0
  let compact = 0
  let values = 0
  let inScalar = false
  for (const token of new Lexer().lex(source)) {
    if (inScalar) {
      inScalar = false
    } else if (token === SCALAR_FOLLOWS) {
      inScalar = true
      values++
      continue // a mark of the lexer, not a part of the source
    } else if (token === '[' || token === '{') {
      flow++
      values++
    } else if (token === ']' || token === '}') {
      flow--
    } else if (token === '-' || token === '?' || token === ':') {
      compact++
    } else if (token === ',' || token.charCodeAt(0) === 0x2a) {
      values++
    } else if (token === '\n' || token === '\r\n') {
      compact = 0
    } else if (token === '\u0002' || token === '\u0018') {
      continue
    }
    if (flow === 0 && compact > BOUNDS.depth * 2) return tooDeep(placeIn(source, offset), report)
    if (flow > BOUNDS.depth) return tooDeep(placeIn(source, offset), report)
    if (values > BOUNDS.nodes * 2) return tooComplex(placeIn(source, offset), report)
    offset += token.length
  }
  return deepestIndent(source, report)
}

/** Block nesting costs at least one column of indentation a level, so a far-indented line bounds the depth from above. */
function deepestIndent(source: string, report: Report): boolean {
  const far = /^ {400}/m.exec(source)
  return far === null ? true : tooDeep(placeIn(source, far.index), report)
}

function placeIn(source: string, offset: number): Place {
  const before = source.slice(0, offset)
  return { line: before.split('\n').length, column: offset - (before.lastIndexOf('\n') + 1) + 1 }
}

function tooDeep(place: Place, report: Report): false {
  report.add(place, 'SOURCE_TOO_DEEP', `The file is nested deeper than ${BOUNDS.depth} levels.`)
  return false
}

export function tooComplex(place: Place, report: Report): false {
  report.add(place, 'SOURCE_TOO_COMPLEX', `The file holds more than ${BOUNDS.nodes} values, aliases written out.`)
  return false
}

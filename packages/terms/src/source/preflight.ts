import { Lexer } from 'yaml'
import { BOUNDS } from '../bounds.ts'
import { NOWHERE, type Place, type Report } from '../report.ts'

/** What the lexer yields before the text of a scalar; it is no part of the source, like its marks for a document and the end of a flow. */
const SCALAR_FOLLOWS = '\u001f'
const MARKS: ReadonlySet<string> = new Set(['\u0002', '\u0018'])

/**
 * Refuses what would make the YAML composer slow or overflow its stack: it recurses into every level, and it keeps an error for every
 * fault. So depth and numbers are counted here first, by the lexer alone, which is linear and does not recurse.
 * @returns whether the source may be composed
 */
export function preflight(source: string, report: Report): boolean {
  // Length in UTF-16 units is a lower bound of the bytes, and checking it costs nothing even for a huge input.
  if (source.length > BOUNDS.sourceBytes || new TextEncoder().encode(source).length > BOUNDS.sourceBytes) {
    return report.add(NOWHERE, 'SOURCE_TOO_LARGE', 'The file is larger than 1 MiB.', 'Split the product into several products.') ?? false
  }
  const counts = { flow: 0, indicators: 0, values: 0, lines: 0, properties: 0 }
  let offset = 0
  let inScalar = false
  for (const token of new Lexer().lex(source)) {
    if (token === SCALAR_FOLLOWS || MARKS.has(token)) {
      inScalar = token === SCALAR_FOLLOWS
      continue
    }
    if (inScalar) counts.values++
    else count(token, counts)
    inScalar = false
    if (counts.flow < 0)
      return report.add(placeIn(source, offset), 'YAML_SYNTAX', 'This closes what was never opened.', 'Leave it out.') ?? false
    if (counts.flow > BOUNDS.depth || counts.indicators > BOUNDS.depth * 2) return tooDeep(placeIn(source, offset), report)
    if (counts.values > BOUNDS.nodes * 2 || counts.lines > BOUNDS.lines || counts.properties > BOUNDS.nodeProperties) {
      return tooComplex(placeIn(source, offset), report)
    }
    offset += token.length
  }
  return deepestIndent(source, report)
}

function count(token: string, counts: { flow: number; indicators: number; values: number; lines: number; properties: number }): void {
  const first = token[0]
  if (first === '[' || first === '{') counts.flow++
  else if (first === ']' || first === '}') counts.flow--
  else if (first === '\n' || first === '\r') [counts.lines, counts.indicators] = [counts.lines + 1, 0]
  else if (first === '&' || first === '*' || first === '!' || first === '%') counts.properties++
  // `- - -` and `? ? ?` open a level each without a line of their own.
  else if (counts.flow === 0 && (first === '-' || first === '?' || first === ':')) counts.indicators++
  if (first !== undefined && '[{,'.includes(first)) counts.values++
}

/** Block nesting costs at least one column of indentation a level, so a far-indented line bounds the depth from above. */
function deepestIndent(source: string, report: Report): boolean {
  const far = /^ {400}/m.exec(source)
  return far === null ? true : tooDeep(placeIn(source, far.index), report)
}

function placeIn(source: string, offset: number): Place {
  const before = source.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}

export function tooDeep(place: Place, report: Report): false {
  report.add(
    place,
    'SOURCE_TOO_DEEP',
    `This is nested deeper than ${BOUNDS.depth} levels.`,
    'Look for a bracket that is never closed, or a line that is indented too far.',
  )
  return false
}

export function tooComplex(place: Place, report: Report): false {
  report.add(
    place,
    'SOURCE_TOO_COMPLEX',
    'This holds more lines, values or anchors than terms can need, aliases written out.',
    'Split the product into several products.',
  )
  return false
}

import { type Parsed, read } from './parse.ts'
import { treeOfYaml } from './source/from-yaml.ts'
import { warnings } from './warn/warnings.ts'

/** Reads a terms file and says, besides every fault, what can never hold. Warnings come only for terms without errors. */
export function check(source: string): Parsed {
  const { parsed, places } = read((report) => treeOfYaml(source, report))
  return parsed.terms === undefined ? parsed : { terms: parsed.terms, findings: warnings(parsed.terms, places) }
}

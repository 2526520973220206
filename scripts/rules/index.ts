import { oneClock } from './clock.ts'
import { isomorphicPackages, packageDirections } from './directions.ts'
import { threeRooms } from './rooms.ts'
import { type Fault, readSource, type Source } from './source.ts'
import { noHandleOfTheModule, noRootHandleInTransaction } from './transactions.ts'

const RULES: ((source: Source) => Fault[])[] = [
  packageDirections,
  isomorphicPackages,
  threeRooms,
  oneClock,
  noRootHandleInTransaction,
  noHandleOfTheModule,
]

/** All faults of one file. @param path from the root of the repository, with `/` */
export function sourceFaults(path: string, text: string): Fault[] {
  const source = readSource(path, text)
  return RULES.flatMap((rule) => rule(source))
}

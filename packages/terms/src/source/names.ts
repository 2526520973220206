/** Words that would reach a prototype if anybody downstream put them into a plain object. */
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

export function isForbiddenName(name: string): boolean {
  return FORBIDDEN.has(name)
}

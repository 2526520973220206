/** A value of the language as it is written: short forms are text, and a map is in the order in which it is written. */
export type Written = string | number | boolean | readonly Written[] | ReadonlyMap<string, Written>

type Part = readonly [key: string, value: Written | undefined]

/** A map without the members that are left out. */
export function written(...parts: readonly Part[]): ReadonlyMap<string, Written> {
  return new Map(parts.filter((part): part is [string, Written] => part[1] !== undefined))
}

/** Undefined for an empty map or list, which is the default everywhere it is used. */
export function unlessEmpty<T extends readonly Written[] | ReadonlyMap<string, Written>>(value: T): T | undefined {
  return ('size' in value ? value.size : value.length) === 0 ? undefined : value
}

/** A map whose order means nothing, by name in order of code units, which is the same on every machine. */
export function sortedMap<T>(map: ReadonlyMap<string, T>, write: (value: T, key: string) => Written): ReadonlyMap<string, Written> {
  const names = [...map.keys()].toSorted((a, b) => (a < b ? -1 : 1))
  return new Map(names.map((name) => [name, write(map.get(name) as T, name)]))
}

/** JSON text without blanks. Names are never members of an object on the way, so no name can move or hide. */
export function json(value: Written): string {
  if (value instanceof Map) return `{${[...value].map(([key, each]) => `${JSON.stringify(key)}:${json(each)}`).join(',')}}`
  if (Array.isArray(value)) return `[${value.map(json).join(',')}]`
  return JSON.stringify(value)
}

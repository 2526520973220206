/** A part of the published JSON Schema of terms, as far as completion reads it. */
export interface SchemaPart {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, SchemaPart>>
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, SchemaPart>>
  readonly additionalProperties?: SchemaPart | boolean
  readonly patternProperties?: Readonly<Record<string, SchemaPart>>
  readonly items?: SchemaPart
  readonly anyOf?: readonly SchemaPart[]
  readonly oneOf?: readonly SchemaPart[]
  readonly allOf?: readonly SchemaPart[]
  readonly type?: string | readonly string[]
}

export interface Suggestion {
  readonly label: string
  readonly detail?: string
  readonly kind: 'key' | 'value'
}

/**
 * What may stand at the end of a text of block YAML: the keys that the schema knows at that depth, or the values of the key before the
 * colon. Names that the terms themselves declare are offered where the schema asks for any name.
 */
export function suggestions(before: string, schema: SchemaPart): readonly Suggestion[] {
  const lines = before.split('\n')
  const line = lines.at(-1) ?? ''
  const [, indent = '', key, value] = /^(\s*(?:-\s+)?)([\w.]+):\s+(\S*)$/.exec(line) ?? []
  if (key !== undefined) {
    const at = parts([...pathTo(lines.slice(0, -1), indent.length), key], schema)
    return at.flatMap((part) => valuesOf(part, schema)).filter(({ label }) => label.startsWith(value ?? ''))
  }
  const [, space, typed = ''] = /^(\s*(?:-\s+)?)([\w.]*)$/.exec(line) ?? []
  if (space === undefined) return []
  const seen = new Set<string>()
  return parts(pathTo(lines.slice(0, -1), space.length), schema)
    .flatMap((part) => Object.entries(part.properties ?? {}))
    .flatMap(([label, part]): Suggestion[] => {
      if (!label.startsWith(typed) || seen.has(label)) return []
      seen.add(label)
      const detail = part.description ?? resolved(part, schema).flatMap(({ description }) => description ?? [])[0]
      return [{ label, kind: 'key', ...(detail !== undefined && { detail }) }]
    })
}

/** The keys that the lines above lead through, by their indentation. */
function pathTo(above: readonly string[], depth: number): string[] {
  const path: string[] = []
  let within = depth
  for (const line of above.toReversed()) {
    const [, space = '', key] = /^(\s*(?:-\s+)?)(['"]?[\w.*-]+['"]?):(?:\s|$)/.exec(line) ?? []
    if (key === undefined || space.length >= within) continue
    path.unshift(key.replaceAll(/['"]/g, ''))
    within = space.length
    if (within === 0) break
  }
  return path
}

function parts(path: readonly string[], schema: SchemaPart): SchemaPart[] {
  let at = resolved(schema, schema)
  for (const key of path) {
    at = at.flatMap((part) => {
      const { properties, additionalProperties, patternProperties } = part
      const named = properties?.[key]
      if (named !== undefined) return resolved(named, schema)
      const any = [...Object.values(patternProperties ?? {}), ...(typeof additionalProperties === 'object' ? [additionalProperties] : [])]
      return any.flatMap((each) => resolved(each, schema))
    })
  }
  return at
}

/** A part with its references followed, and each of its alternatives; of a list, its items too. */
function resolved(part: SchemaPart, root: SchemaPart, depth = 0): SchemaPart[] {
  if (depth > 8) return []
  const { $ref, anyOf = [], oneOf = [], allOf = [], items } = part
  const name = $ref?.split('/').pop()
  const target = name === undefined ? undefined : root.$defs?.[name]
  const more = [...anyOf, ...oneOf, ...allOf, ...(items === undefined ? [] : [items]), ...(target === undefined ? [] : [target])]
  return [part, ...more.flatMap((each) => resolved(each, root, depth + 1))]
}

function valuesOf(part: SchemaPart, schema: SchemaPart): Suggestion[] {
  const truths = part.type === 'boolean' ? [true, false] : []
  const all = resolved(part, schema).flatMap((each) => [...(each.enum ?? []), ...truths])
  return [...new Set(all.map(String))].map((label) => ({
    label,
    kind: 'value',
    ...(part.description !== undefined && { detail: part.description }),
  }))
}

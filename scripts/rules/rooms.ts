import type { Fault, Source } from './source.ts'

const CAPABILITY = /^packages\/authority\/src\/[^/]+\/(store|service|routes)\.ts$/

/** What the three rooms of a capability keep out. `value`: importing its types alone is fine. */
const REFUSED: Record<string, { what: RegExp; says: string; value?: true }[]> = {
  store: [
    { what: /^@?fastify(\/|$)/, says: 'store.ts is SQL and nothing else: no HTTP' },
    { what: /\/(service|routes)\.ts$/, says: 'store.ts must not import from service.ts or routes.ts', value: true },
  ],
  service: [
    { what: /^@?fastify(\/|$)/, says: 'service.ts is rules: no HTTP' },
    { what: /^kysely(\/|$)/, says: 'service.ts is rules: no SQL (kysely for its types only)', value: true },
    { what: /\/routes\.ts$/, says: 'service.ts must not import from routes.ts', value: true },
  ],
  routes: [{ what: /^kysely(\/|$)/, says: 'routes.ts is HTTP: no SQL (kysely for its types only)', value: true }],
}

/** `routes.ts` (HTTP, no rules) -> `service.ts` (rules, no HTTP, no SQL) -> `store.ts` (SQL, nothing else). */
export function threeRooms({ path, imports, fault }: Source): Fault[] {
  const room = CAPABILITY.exec(path)?.[1]
  if (room === undefined) return []
  return imports.flatMap(({ from, typeOnly, at }) =>
    (REFUSED[room] ?? []).filter(({ what, value }) => what.test(from) && !(value && typeOnly)).map(({ says }) => fault(at, says)),
  )
}

import { formatInstant } from '@writ/engine'
import Type, { type TObject } from 'typebox'
import { Compile } from 'typebox/compile'
import type { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Tx } from '../app/database.ts'
import { instantIn } from '../app/http/instants.ts'
import { Id } from '../app/ids.ts'
import type { Listing, Slice } from '../app/listing.ts'
import type { Draft } from '../changes/draft.ts'
import { type Reach, type Scope, seesOrganization } from '../enforcers/scope.ts'
import { type PutIdentity, putIdentities } from '../identities/put.ts'
import { Kind as IdentityKind, input as identityInput, Status } from '../identities/schemas.ts'
import { pageOfIdentities } from '../identities/service.ts'
import { type PutLicense, putLicense } from '../licenses/put.ts'
import { Name, Overridden, Time } from '../licenses/routes.ts'
import { assignWithin, pageOfNamedSeats } from '../licenses/seats.ts'
import { pageOfLicenses } from '../licenses/service.ts'
import { values as resourceValues } from '../organizations/resource-routes.ts'
import { pageOfResources, putResource, type ResourceInput } from '../organizations/resources.ts'
import { CustomerRoles, Title } from '../organizations/routes.ts'
import { type NewOrganization, pageOfOrganizations, putOrganization } from '../organizations/service.ts'
import { type Cell, integer, json, memberships, text, words, yesOrNo } from './cells.ts'
import { oneByOne } from './one-by-one.ts'

export type Outcome = 'created' | 'changed' | 'unchanged' | ApiError

/** In which transaction rows are put, and on whose behalf. */
export interface Putting {
  readonly authority: Authority
  readonly tx: Tx
  readonly change: Draft
  readonly reach: Reach
}

export interface ExportFilter {
  readonly organization?: string
}

/** Rows of one kind: as JSON lines they are what the API takes, as CSV one column for each member. */
export interface Kind {
  /** Of whoever imports or exports them. */
  readonly scope: Scope
  readonly schema: TObject
  readonly isRow: {
    Check(value: unknown): boolean
    Errors(value: unknown): readonly { keyword: string; instancePath: string; message: string }[]
  }
  /** In this order; those that must not be empty first. */
  readonly columns: Readonly<Record<string, Cell>>
  /** @returns what became of each, in order */
  put(putting: Putting, rows: readonly never[]): Promise<Outcome[]>
  page(authority: Authority, reach: Reach, filter: ExportFilter, listing: Listing<'id'>): Promise<Slice<Readonly<Record<string, unknown>>>>
}

function kind(kind: Omit<Kind, 'isRow'>): Kind {
  return { ...kind, isRow: Compile(kind.schema) as never }
}

const closed = { additionalProperties: false } as const

export const KINDS = {
  organizations: kind({
    scope: 'manage:organizations',
    schema: Type.Object({ id: Id, title: Title, roles: Type.Optional(CustomerRoles) }, closed),
    columns: { id: text, title: text, roles: json },
    put: oneByOne((putting, row: NewOrganization & { id: string }) => putOrganization(putting, row)),
    page: async (authority, reach, _filter, listing) =>
      shown(await pageOfOrganizations(authority, reach, {}, listing), ({ id, title, roles }) => ({ id, title, roles })),
  }),

  identities: kind({
    scope: 'manage:identities',
    schema: Type.Object({ id: Id, kind: Type.Optional(IdentityKind), status: Type.Optional(Status), ...identityInput }, closed),
    columns: { id: text, kind: text, status: text, name: text, in: memberships, factors: words, attributes: json, links: json },
    put: (putting, rows: readonly PutIdentity[]) => putIdentities(putting, rows),
    page: async (authority, reach, filter, listing) =>
      shown(
        await pageOfIdentities(authority, reach, filter, listing),
        ({ id, kind, status, name, factors, attributes, links, ...row }) => ({
          id,
          kind,
          status,
          name: name ?? undefined,
          in: Object.fromEntries(Object.entries(row.in).filter(([organization]) => seesOrganization(reach, organization))),
          factors: factors ?? undefined,
          attributes,
          links,
        }),
      ),
  }),

  resources: kind({
    scope: 'manage:organizations',
    schema: Type.Object({ id: Id, ...resourceValues }, closed),
    columns: { id: text, kind: text, environment: text, region: text, labels: json },
    put: oneByOne((putting, row: ResourceInput & { id: string }) => putResource(putting, row)),
    page: async (authority, _reach, _filter, listing) =>
      shown(await pageOfResources(authority, {}, listing), ({ id, kind, environment, region, labels }) => ({
        id,
        kind,
        environment: environment ?? undefined,
        region: region ?? undefined,
        labels,
      })),
  }),

  licenses: kind({
    scope: 'manage:licenses',
    schema: Type.Object(
      {
        id: Id,
        product: Name,
        plan: Name,
        edition: Type.Optional(Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 })),
        organization: Type.Optional(Id),
        holder: Type.Optional(Id),
        starts: Type.Optional(Time),
        ends: Type.Optional(Time),
        trial: Type.Optional(Type.Boolean()),
        overrides: Type.Optional(Overridden),
        suspended: Type.Optional(Type.Boolean()),
        past_due_since: Type.Optional(Time),
        revoked_at: Type.Optional(Time),
      },
      closed,
    ),
    columns: {
      id: text,
      product: text,
      plan: text,
      edition: integer,
      organization: text,
      holder: text,
      starts: text,
      ends: text,
      trial: yesOrNo,
      overrides: json,
      suspended: yesOrNo,
      past_due_since: text,
      revoked_at: text,
    },
    put: oneByOne((putting, { starts, ends, past_due_since, revoked_at, ...row }: LicenseLine) =>
      putLicense(putting, {
        ...row,
        starts: instantIn(starts, '/starts'),
        ends: instantIn(ends, '/ends'),
        past_due_since: instantIn(past_due_since, '/past_due_since'),
        revoked_at: instantIn(revoked_at, '/revoked_at'),
      }),
    ),
    page: async (authority, reach, filter, listing) =>
      shown(await pageOfLicenses(authority, reach, filter, listing), (row) => ({
        id: row.id,
        product: row.product,
        plan: row.plan,
        edition: row.edition,
        organization: row.organization ?? undefined,
        holder: row.holder ?? undefined,
        starts: formatInstant(row.starts),
        ends: instantText(row.ends),
        trial: row.trial_ends === null ? undefined : true,
        overrides: row.overrides === null ? undefined : (JSON.parse(row.overrides) as object),
        suspended: row.suspended || undefined,
        past_due_since: instantText(row.past_due_since),
        revoked_at: instantText(row.revoked_at),
      })),
  }),

  seats: kind({
    scope: 'manage:seats',
    schema: Type.Object({ license: Id, identity: Id }, closed),
    columns: { license: text, identity: text },
    put: oneByOne((putting, row: { license: string; identity: string }) => assignWithin(putting, row.license, row.identity)),
    page: async (authority, reach, _filter, listing) => pageOfNamedSeats(authority, reach, listing),
  }),
} satisfies Record<string, Kind>

export type KindName = keyof typeof KINDS
export const KIND_NAMES = Object.keys(KINDS) as KindName[]

type LicenseLine = Omit<PutLicense, 'starts' | 'ends' | 'past_due_since' | 'revoked_at'> & {
  readonly [When in 'starts' | 'ends' | 'past_due_since' | 'revoked_at']?: string
}

function shown<Row, Line extends object>({ items, last }: Slice<Row>, line: (row: Row) => Line): Slice<Line> {
  return { items: items.map(line), last }
}

function instantText(at: number | null): string | undefined {
  return at === null ? undefined : formatInstant(at)
}

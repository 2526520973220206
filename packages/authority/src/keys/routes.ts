import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { byOf, DryRunQuery } from '../app/http/mutation.ts'
import { OptionalBody } from '../app/http/optional-body.ts'
import type { Server } from '../app/http/server.ts'
import { type DataKey, retireDataKey, rotateDataKey } from './data-keys.ts'
import { type MasterKeyState, rotateMasterKey } from './master-rotation.ts'
import { ATTENTION, type Attention, overview } from './overview.ts'
import { SigningKey, shownSigningKey, Time } from './schemas.ts'

const MasterKeyId = Type.String({ minLength: 1, maxLength: 256 })
const MasterKey = Type.Object({
  id: Type.String({ description: 'The one in use: every data key is wrapped by it.' }),
  version: Type.Optional(Type.Integer({ description: 'Of a key of a service: its version that wrapped them.' })),
  configured: Type.Array(
    Type.Object({ id: Type.String(), place: Type.String({ description: 'Where it is kept.' }), in_use: Type.Boolean() }),
  ),
  fault: Type.Optional(Type.String({ description: 'Why the configured ones cannot be read; a code of a start that failed.' })),
})
const DataKeyShape = Type.Object({
  id: Type.String(),
  master_key: Type.String({ description: 'What it is wrapped by.' }),
  created_at: Time,
  stopped_at: Type.Optional(
    Type.String({ format: 'date-time', description: 'Since when it seals nothing new. Absent: it is the one that seals.' }),
  ),
  sealed: Type.Integer({
    description: 'How many texts of the store it has sealed. Of one that stopped, they are sealed anew in the background.',
  }),
})
const Overview = Type.Object({
  master_key: MasterKey,
  data_keys: Type.Array(DataKeyShape),
  license_key: Type.Optional(
    Type.Object(SigningKey.properties, { description: 'Signs license files now. Absent: the next file makes one.' }),
  ),
  next_license_key_at: Type.Optional(Type.String({ format: 'date-time', description: 'From then on the next file makes the next one.' })),
  root: SigningKey,
  attention: Type.Array(Type.Unsafe<Attention>({ type: 'string', enum: [...ATTENTION] }), {
    description: 'What somebody should do something about.',
  }),
})

const config = { permission: 'manage:keys' } as const
const tags = ['keys']

export function keyRoutes(server: Server, authority: Authority): void {
  server.get(
    '/v1/keys',
    {
      config,
      schema: {
        operationId: 'readKeys',
        summary: 'The state of every kind of key, and what needs attention',
        tags,
        response: { 200: Overview, ...problems },
      },
    },
    async (request) => {
      const { masterKey, dataKeys, licenseKey, nextLicenseKeyAt, root, attention } = await overview(authority, credentialOf(request))
      return {
        master_key: shownMasterKey(masterKey),
        data_keys: dataKeys.map(shownDataKey),
        ...(licenseKey !== undefined && { license_key: shownSigningKey(licenseKey) }),
        ...(nextLicenseKeyAt !== undefined && { next_license_key_at: formatInstant(nextLicenseKeyAt) }),
        root: shownSigningKey(root),
        attention: [...attention],
      }
    },
  )

  server.post(
    '/v1/data-keys',
    {
      config,
      schema: {
        operationId: 'rotateDataKey',
        summary: 'Make the next data key: it seals from now on',
        description:
          'What the ones before sealed is sealed anew in the background, and opens meanwhile. `GET /v1/keys` shows how far that is.',
        tags,
        response: { 201: DataKeyShape, ...problems },
      },
    },
    async (request, reply) => reply.code(201).send(shownDataKey(await rotateDataKey(authority, byOf(request), credentialOf(request)))),
  )

  server.delete(
    '/v1/data-keys/:id',
    {
      config,
      schema: {
        operationId: 'retireDataKey',
        summary: 'Delete a data key that opens nothing any more',
        description: 'Refused while it seals, for an hour after, and while any text is sealed by it.',
        tags,
        params: Type.Object({ id: Type.String({ pattern: '^[a-z0-9_]{1,64}$' }) }),
        querystring: DryRunQuery,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      await retireDataKey(authority, byOf(request), credentialOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )

  server.post(
    '/v1/master-key/rotate',
    {
      config,
      schema: {
        operationId: 'rotateMasterKey',
        summary: 'Wrap every data key by another of the configured master keys',
        description: 'At once and for all of them. Every node must have the new master key by then, and the old one is not needed after.',
        tags,
        querystring: DryRunQuery,
        body: OptionalBody(
          Type.Object(
            { to: Type.Optional({ ...MasterKeyId, description: 'Its id. Absent: the only other one that is configured.' }) },
            { additionalProperties: false },
          ),
        ),
        response: { 200: MasterKey, ...problems },
      },
    },
    async (request) => shownMasterKey(await rotateMasterKey(authority, byOf(request), credentialOf(request), request.body?.to)),
  )
}

function shownMasterKey({ id, version, configured, fault }: MasterKeyState) {
  return {
    id,
    ...(version !== undefined && { version }),
    configured: configured.map((each) => ({ id: each.id, place: each.place, in_use: each.inUse })),
    ...(fault !== undefined && { fault }),
  }
}

function shownDataKey({ id, masterKey, createdAt, stoppedAt, sealed }: DataKey) {
  return {
    id,
    master_key: masterKey,
    created_at: formatInstant(createdAt),
    ...(stoppedAt !== undefined && { stopped_at: formatInstant(stoppedAt) }),
    sealed,
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SecureContext, Server as TlsServer } from 'node:tls'
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController, type RawServerDefault } from 'fastify'
import { meRoutes } from '../../access/me-routes.ts'
import { grantRoutes } from '../../access-requests/routes.ts'
import { auditRoutes } from '../../audit/routes.ts'
import { backupRoutes } from '../../backup/routes.ts'
import { bulkRoutes } from '../../bulk/routes.ts'
import { publicationRoutes } from '../../catalog/publication-routes.ts'
import { reviewRoutes } from '../../catalog/review-routes.ts'
import { catalogRoutes } from '../../catalog/routes.ts'
import { liveRoutes } from '../../changes/live-routes.ts'
import { consoleRoutes } from '../../console/routes.ts'
import { authzenRoutes } from '../../decisions/authzen-routes.ts'
import { ofrepRoutes } from '../../decisions/ofrep-routes.ts'
import { recordRoutes } from '../../decisions/record-routes.ts'
import { decisionRoutes } from '../../decisions/routes.ts'
import { searchRoutes } from '../../decisions/search-routes.ts'
import { tokenRoutes } from '../../decisions/token-routes.ts'
import { enforcerRoutes } from '../../enforcers/routes.ts'
import { forecastRoutes } from '../../forecast/routes.ts'
import { parkedRoutes } from '../../guard/parked-routes.ts'
import { guardRoutes } from '../../guard/routes.ts'
import { identityRoutes } from '../../identities/routes.ts'
import { signalRoutes } from '../../identities/signal-routes.ts'
import { rootRoutes } from '../../keys/root-routes.ts'
import { keyRoutes } from '../../keys/routes.ts'
import { signingKeyRoutes } from '../../keys/signing-routes.ts'
import { activationRoutes } from '../../licenses/activations/routes.ts'
import { editionMoveRoutes } from '../../licenses/edition-move-routes.ts'
import { fileLogRoutes } from '../../licenses/file-log-routes.ts'
import { licenseFileRoutes } from '../../licenses/file-routes.ts'
import { keyImpactRoutes } from '../../licenses/key-impact-routes.ts'
import { licenseKeyRoutes } from '../../licenses/license-key-routes.ts'
import { licenseOverviewRoutes } from '../../licenses/overview-routes.ts'
import { licenseRoutes } from '../../licenses/routes.ts'
import { seatRoutes } from '../../licenses/seat-routes.ts'
import { statusRoutes } from '../../licenses/status/routes.ts'
import { transferRoutes } from '../../licenses/transfer-routes.ts'
import { webhookRoutes } from '../../notify/webhook-routes.ts'
import { resourceRoutes } from '../../organizations/resource-routes.ts'
import { organizationRoutes } from '../../organizations/routes.ts'
import { rolloutRoutes } from '../../rollouts/routes.ts'
import { findRoutes } from '../../search/routes.ts'
import { signInRoutes } from '../../sign-in/routes.ts'
import { usageEventRoutes } from '../../usage/events/routes.ts'
import { historyRoutes } from '../../usage/history-routes.ts'
import { leaseRoutes } from '../../usage/leases/routes.ts'
import { limitRoutes } from '../../usage/limit-routes.ts'
import { rateLeaseRoutes } from '../../usage/rates/routes.ts'
import { reservationRoutes } from '../../usage/reservation-routes.ts'
import { usageRoutes } from '../../usage/routes.ts'
import { seatHoldingRoutes } from '../../usage/seat-holding-routes.ts'
import type { Authority } from '../authority.ts'
import { authentication } from './authentication.ts'
import { connections } from './connections.ts'
import { documentation } from './documentation.ts'
import { draining } from './draining.ts'
import { badUrl, errors } from './errors.ts'
import { health } from './health.ts'
import { metrics } from './metrics.ts'
import { oneReading } from './one-reading.ts'
import { openRateLimits } from './rate-limits.ts'
import { requestIds } from './request-id.ts'
import { requestLog } from './request-log.ts'
import { requestLogger } from './request-logger.ts'
import { securityHeaders, watchHost } from './security-headers.ts'
import { lazySerializers } from './serializers.ts'
import { unparsed } from './unparsed.ts'

export type Server = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, TypeBoxTypeProvider>

/** In the order in which `/docs` shows them. */
const CAPABILITIES: readonly ((server: Server, authority: Authority) => void)[] = [
  decisionRoutes,
  leaseRoutes,
  rateLeaseRoutes,
  tokenRoutes,
  reservationRoutes,
  seatHoldingRoutes,
  authzenRoutes,
  searchRoutes,
  ofrepRoutes,
  liveRoutes,
  recordRoutes,
  findRoutes,
  organizationRoutes,
  resourceRoutes,
  catalogRoutes,
  reviewRoutes,
  publicationRoutes,
  rolloutRoutes,
  identityRoutes,
  signalRoutes,
  grantRoutes,
  licenseRoutes,
  transferRoutes,
  editionMoveRoutes,
  licenseOverviewRoutes,
  forecastRoutes,
  licenseKeyRoutes,
  licenseFileRoutes,
  statusRoutes,
  fileLogRoutes,
  keyImpactRoutes,
  activationRoutes,
  seatRoutes,
  usageRoutes,
  limitRoutes,
  historyRoutes,
  usageEventRoutes,
  bulkRoutes,
  guardRoutes,
  parkedRoutes,
  keyRoutes,
  signingKeyRoutes,
  rootRoutes,
  enforcerRoutes,
  webhookRoutes,
  auditRoutes,
  signInRoutes,
  consoleRoutes,
  backupRoutes,
  meRoutes,
]

const ONE_MEBIBYTE = 1 << 20
/** Headers come at once; and whoever is too slow is looked for often enough that it matters. By default it is a minute and half of one. */
const PATIENCE = { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 }
/** A missing `Host` is refused by us, in the form of every problem. */
const REFUSED_BY_US = { requireHostHeader: false }

/** A handshake that does not come to its end holds its connection no longer. */
const HANDSHAKE_MILLISECONDS = 10_000

/** The server with every route, not listening yet. */
export async function buildServer(authority: Authority, serializers = lazySerializers): Promise<Server> {
  const server: Server = fastify({
    ...connectionsOf(authority),
    loggerInstance: authority.log as FastifyBaseLogger,
    // Ours names no URL: a query may hold what a log must not.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: ONE_MEBIBYTE,
    routerOptions: { maxParamLength: 1_024 }, // by default a longer id than 100 is no route at all
    requestTimeout: 30_000,
    // What still comes on a connection that was busy when it closes is answered like every other.
    return503OnClosing: false,
    frameworkErrors: badUrl,
    clientErrorHandler: unparsed,
    trustProxy: authority.config.behindProxy === undefined ? false : [...authority.config.behindProxy],
    genReqId: requestIds(),
    childLoggerFactory: requestLogger,
  }).withTypeProvider<TypeBoxTypeProvider>()
  // Queries and paths are converted to their types; a body is JSON and has types of its own.
  server.setValidatorCompiler(TypeBoxValidatorCompiler)
  server.setSerializerCompiler(serializers)
  server.removeContentTypeParser('text/plain')

  draining(server, authority.stopping)
  errors(server, authority)
  securityHeaders(server)
  oneReading(server)
  watchHost(server, authority)
  requestLog(server, authority.log)
  metrics(server, authority, connections(server, authority.config))
  const limits = openRateLimits(authority.config, authority.clock)
  authentication(server, authority, limits)
  limits.install(server)
  await documentation(server, authority)
  health(server, authority)
  // Within `register`, so that the document above sees every route.
  await server.register(async (scope) => {
    for (const routes of CAPABILITIES) routes(scope as Server, authority)
  })
  const { certificate } = authority
  certificate?.onChange((options) => (server.server as unknown as TlsServer).setSecureContext(options))
  return server
}

/** A renewed certificate is served to new connections: by `setSecureContext`, and on a second address of `localhost` by the callback. */
function connectionsOf({ certificate }: Authority): object {
  if (certificate === undefined) return { http: { ...PATIENCE, ...REFUSED_BY_US } }
  const SNICallback = (_name: string, done: (error: null, context: SecureContext) => void) => done(null, certificate.context)
  return { https: { ...PATIENCE, ...REFUSED_BY_US, ...certificate.options, SNICallback, handshakeTimeout: HANDSHAKE_MILLISECONDS } }
}

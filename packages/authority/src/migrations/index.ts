import type { Migration } from '../app/migrate.ts'
import { base } from './0001-base.ts'
import { usage } from './0002-usage.ts'
import { decisions } from './0003-decisions.ts'
import { catalog } from './0004-catalog.ts'
import { identities } from './0005-identities.ts'
import { grants } from './0006-grants.ts'
import { licenses } from './0007-licenses.ts'
import { licenseFiles } from './0008-license-files.ts'
import { signingKeys } from './0009-signing-keys.ts'
import { reasons } from './0010-reasons.ts'
import { searchable } from './0011-searchable.ts'
import { keysActForIdentities } from './0012-keys-act-for-identities.ts'
import { keyColumns } from './0013-key-columns.ts'
import { licenseEnds } from './0015-license-ends.ts'
import { reservations } from './0016-reservations.ts'
import { overrides } from './0017-overrides.ts'
import { lists } from './0021-lists.ts'
import { imports } from './0022-imports.ts'
import { dataKeys } from './0026-data-keys.ts'
import { rootOffline } from './0027-root-offline.ts'
import { incarnation } from './0031-incarnation.ts'
import { backedUp } from './0032-backed-up.ts'
import { signIns } from './0035-sign-ins.ts'
import { usageHistory } from './0036-usage-history.ts'
import { oldImports } from './0037-old-imports.ts'
import { signInSecret } from './0040-sign-in-secret.ts'
import { quotaLeases } from './0050-quota-leases.ts'
import { seatHolders } from './0051-seat-holders.ts'
import { reportedUsage } from './0053-usage-events.ts'
import { usedConfirmations } from './0056-used-confirmations.ts'
import { parkedChanges } from './0057-parked-changes.ts'
import { activations } from './0059-activations.ts'
import { webhooks } from './0062-webhooks.ts'
import { publications } from './0063-publications.ts'
import { statusLists } from './0066-status-lists.ts'
import { fileLogs } from './0067-file-logs.ts'
import { rateLeases } from './0070-rate-leases.ts'
import { rollouts } from './0072-rollouts.ts'
import { activationContacts } from './0074-activation-contacts.ts'
import { workloads } from './0075-workloads.ts'
import { refusedPublications } from './0076-refused-publications.ts'
import { confirmedRests } from './0077-confirmed-rests.ts'
import { rolloutSteps } from './0078-rollout-steps.ts'
import { confirmedLosses } from './0079-confirmed-losses.ts'
import { unspentLeases } from './0081-unspent-leases.ts'
import { unaskedLosses } from './0083-unasked-losses.ts'
import { stoppedAndParked } from './0084-stopped-and-parked.ts'
import { oldReservations } from './0085-old-reservations.ts'
import { whoseLicenses } from './0086-whose-licenses.ts'

/** In order of their numbers. A migration that has shipped is never edited: the next one corrects it. */
export const migrations: readonly Migration[] = [
  base,
  usage,
  decisions,
  catalog,
  identities,
  grants,
  licenses,
  licenseFiles,
  signingKeys,
  reasons,
  searchable,
  keysActForIdentities,
  keyColumns,
  licenseEnds,
  reservations,
  overrides,
  lists,
  imports,
  dataKeys,
  rootOffline,
  incarnation,
  backedUp,
  signIns,
  usageHistory,
  oldImports,
  signInSecret,
  quotaLeases,
  seatHolders,
  reportedUsage,
  usedConfirmations,
  parkedChanges,
  activations,
  webhooks,
  publications,
  statusLists,
  fileLogs,
  rateLeases,
  rollouts,
  activationContacts,
  workloads,
  refusedPublications,
  confirmedRests,
  rolloutSteps,
  confirmedLosses,
  unspentLeases,
  unaskedLosses,
  stoppedAndParked,
  oldReservations,
  whoseLicenses,
]

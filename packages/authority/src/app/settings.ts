import { parseIssuersFile } from '../licenses/activations/workload/issuers.ts'
import type { Config } from './config.ts'
import {
  parseDatabase,
  parseHttpUrl,
  parseListen,
  parsePath,
  parseProxies,
  parseRate,
  parseTransitUrl,
  wholeNumber,
} from './setting-forms.ts'

/** `decision.md` section 7. */
export const DEFAULT_CORRECTION_DAYS = 3

/** All there is to know of one setting: it is read by this, and documented by this. */
export interface Setting<T> {
  /** Of the environment variable. */
  readonly name: string
  readonly section: 'Serving' | 'Limits' | 'The store' | 'Keys'
  /** Completes "NAME must be …". */
  readonly form: string
  /** What an absent one is taken for, in the same form. Without one the setting may be absent. */
  readonly fallback?: string
  /** What an absent one without a fallback means, for people. */
  readonly absent?: string
  /** One or two sentences, for people. */
  readonly meaning: string
  parse(text: string): T | undefined
}

/** Every setting, under the member of `Config` that it becomes, in the order in which people read of them. */
export const SETTINGS = {
  listen: {
    name: 'WRIT_LISTEN',
    section: 'Serving',
    form: 'HOST:PORT, for example 127.0.0.1:7070 or [::1]:7070',
    fallback: '127.0.0.1:7070',
    meaning:
      'Where it listens. Off loopback plain HTTP is refused: give `WRIT_TLS_CERT` and `WRIT_TLS_KEY`, or name in `WRIT_BEHIND_PROXY` the proxy that has TLS.',
    parse: parseListen,
  },
  tlsCert: {
    name: 'WRIT_TLS_CERT',
    section: 'Serving',
    form: 'the path of a file',
    absent: 'it serves plain HTTP',
    meaning:
      'The certificate with its chain, in PEM. It is read again when it changes: a renewed one is served within seconds, and a broken one leaves the one before in its place.',
    parse: parsePath,
  },
  tlsKey: {
    name: 'WRIT_TLS_KEY',
    section: 'Serving',
    form: 'the path of a file',
    absent: 'it serves plain HTTP',
    meaning: 'The key of `WRIT_TLS_CERT`, in PEM, read again with it.',
    parse: parsePath,
  },
  publicUrl: {
    name: 'WRIT_PUBLIC_URL',
    section: 'Serving',
    form: 'an http:// or https:// URL without a query, a fragment or a password',
    absent: 'where it turns out to listen',
    meaning: 'How it is reached from outside, as its metadata says it.',
    parse: parseHttpUrl,
  },
  behindProxy: {
    name: 'WRIT_BEHIND_PROXY',
    section: 'Serving',
    form: 'addresses or networks, comma-separated, for example 10.0.0.0/8',
    absent: 'no proxy is believed',
    meaning:
      'The proxies in front, whose `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Forwarded-Host` are believed. From anybody else they are ignored.',
    parse: parseProxies,
  },
  drainSeconds: {
    name: 'WRIT_DRAIN_SECONDS',
    section: 'Serving',
    form: 'a whole number from 0 to 600',
    fallback: '0',
    meaning:
      'How long it serves on after SIGTERM while `/readyz` answers 503 `stopping` and each answer closes its connection. Behind a balancer give it the time in which that notices.',
    parse: wholeNumber(0, 600),
  },
  maxConnections: {
    name: 'WRIT_MAX_CONNECTIONS',
    section: 'Limits',
    form: 'a whole number from 1 to 1000000',
    absent: 'as many as the limit of open files has room for, less 256',
    meaning:
      'How many connections may be open at once. A further one is closed at once, counted in `writ_connections_dropped`, and told in the log. More than the limit of open files has room for are not taken.',
    parse: wholeNumber(1, 1_000_000),
  },
  stallSeconds: {
    name: 'WRIT_STALL_SECONDS',
    section: 'Limits',
    form: 'a whole number from 1 to 3600',
    fallback: '120',
    meaning:
      'How long an answer may wait for somebody who does not read it; then the connection is cut, so that what nobody reads does not stay in memory, and counted in `writ_connections_stalled`.',
    parse: wholeNumber(1, 3_600),
  },
  decisionRate: {
    name: 'WRIT_RATE_LIMIT_DECISIONS',
    section: 'Limits',
    form: 'a number per second, minute or hour, for example 600 per minute, or off',
    fallback: '3000000 per minute',
    meaning: 'How many decisions one credential may ask for, on each node; each item of a batch is one.',
    parse: parseRate,
  },
  managementRate: {
    name: 'WRIT_RATE_LIMIT_MANAGEMENT',
    section: 'Limits',
    form: 'a number per second, minute or hour, for example 600 per minute, or off',
    fallback: '60000 per minute',
    meaning:
      'How much else one credential may ask for, on each node. What changes something counts for 5; what takes access away is never held.',
    parse: parseRate,
  },
  addressRate: {
    name: 'WRIT_RATE_LIMIT_ADDRESS',
    section: 'Limits',
    form: 'a number per second, minute or hour, for example 600 per minute, or off',
    fallback: '3000 per minute',
    meaning: 'How many requests without a valid credential one address may send, on each node. Requests with one are not counted.',
    parse: parseRate,
  },
  guardIdentities: {
    name: 'WRIT_GUARD_IDENTITIES',
    section: 'Limits',
    form: 'a whole number from 0 to 999999999',
    fallback: '5',
    meaning:
      'A change that takes access from more identities than this, and from more than `WRIT_GUARD_PERCENT` of those who have the product, is held until somebody confirms it. Revoking for security never is.',
    parse: wholeNumber(0, 999_999_999),
  },
  guardPercent: {
    name: 'WRIT_GUARD_PERCENT',
    section: 'Limits',
    form: 'a whole number from 0 to 100',
    fallback: '1',
    meaning: 'The share of the identities that have a product that goes with `WRIT_GUARD_IDENTITIES`.',
    parse: wholeNumber(0, 100),
  },
  guardMost: {
    name: 'WRIT_GUARD_MOST',
    section: 'Limits',
    form: 'a whole number from 0 to 999999999',
    fallback: '100',
    meaning: 'A change that takes access from more identities than this is held whatever the share.',
    parse: wholeNumber(0, 999_999_999),
  },
  guardSecondPerson: {
    name: 'WRIT_GUARD_SECOND_PERSON',
    section: 'Limits',
    form: 'a whole number from 0 to 999999999',
    fallback: '1000',
    meaning: 'A change that takes access from more identities than this is confirmed by somebody else than who asks for it.',
    parse: wholeNumber(0, 999_999_999),
  },
  webhookNetworks: {
    name: 'WRIT_WEBHOOK_NETWORKS',
    section: 'Serving',
    form: 'addresses or networks, comma-separated, for example 10.0.0.0/8',
    absent: 'webhooks are delivered to public addresses alone, by https',
    meaning:
      'Networks of your own that webhooks may be delivered to as well, there also by plain http. Whoever may make webhooks then makes this host call into them.',
    parse: parseProxies,
  },
  workloadIssuersFile: {
    name: 'WRIT_WORKLOAD_ISSUERS_FILE',
    section: 'Serving',
    form: 'the path of a readable JSON file, `{"issuers": [{"issuer", "audience", "jwks_uri" or "jwks" or neither}]}`',
    absent: 'no workload identity token is believed',
    meaning:
      'The platforms whose OpenID Connect tokens devices may show in the place of hardware: Kubernetes clusters, clouds. It is read for every token, so that keys in it can be replaced.',
    parse: parseIssuersFile,
  },
  database: {
    name: 'WRIT_DATABASE_URL',
    section: 'The store',
    form: 'a postgres:// URL or the path of a folder',
    fallback: './.writ',
    meaning: 'Where the record rests: a PostgreSQL, or a folder for the embedded store, which one process at a time can open.',
    parse: parseDatabase,
  },
  decisionDays: {
    name: 'WRIT_DECISION_DAYS',
    section: 'The store',
    form: 'a whole number from 1 to 3650',
    absent: 'they are kept for ever',
    meaning:
      'How many days the record of a decision is kept: who asked for what, and the answer. They are what grows: some 200 bytes for each question. The audit of changes, usage and receipts are not touched.',
    parse: wholeNumber(1, 3650),
  },
  importDays: {
    name: 'WRIT_IMPORT_DAYS',
    section: 'The store',
    form: 'a whole number from 1 to 3650',
    fallback: '30',
    meaning:
      'How many days an import and its report of refused rows are kept after its last row, finished or broken off. What it imported stays, and so does what the audit says of it.',
    parse: wholeNumber(1, 3650),
  },
  usageCorrectionDays: {
    name: 'WRIT_USAGE_CORRECTION_DAYS',
    section: 'The store',
    form: 'a whole number from 0 to 366',
    fallback: `${DEFAULT_CORRECTION_DAYS}`,
    meaning:
      'How many days after its end a window still takes usage that is reported late. After that the report is refused, or counted in the open window where its sender asks for that.',
    parse: wholeNumber(0, 366),
  },
  masterKeyFile: {
    name: 'WRIT_MASTER_KEY_FILE',
    section: 'Keys',
    form: 'the path of a file',
    absent: '`<config folder>/writ/<authority id>.key`',
    meaning:
      'The master key, readable by its owner alone (0600) and outside the data folder. The first start makes one where there is none.',
    parse: parsePath,
  },
  masterKeyUrl: {
    name: 'WRIT_MASTER_KEY_URL',
    section: 'Keys',
    form: 'the address of a transit key, https://HOST/v1/MOUNT/keys/NAME; http:// on loopback only',
    absent: 'the master key is in a file',
    meaning:
      'A master key that stays in a Vault-compatible service, which wraps and unwraps data keys with it. It is needed at a start and for a rotation.',
    parse: parseTransitUrl,
  },
  masterKeyTokenFile: {
    name: 'WRIT_MASTER_KEY_TOKEN_FILE',
    section: 'Keys',
    form: 'the path of a file',
    absent: 'none; it goes with `WRIT_MASTER_KEY_URL`',
    meaning: 'Holds the token for that service. It is read for every call, so that an agent may renew it.',
    parse: parsePath,
  },
  masterKeyNamespace: {
    name: 'WRIT_MASTER_KEY_NAMESPACE',
    section: 'Keys',
    form: 'the name of a namespace of that service',
    absent: 'its root namespace',
    meaning: 'The namespace in which the transit key is.',
    parse: (text: string) => (/^[\x21-\x7e]{1,256}$/.test(text) ? text : undefined),
  },
  configHome: {
    name: 'XDG_CONFIG_HOME',
    section: 'Keys',
    form: 'the path of a folder',
    fallback: '~/.config',
    meaning: 'The config folder, which has the master key file that no other setting names.',
    parse: parsePath,
  },
} satisfies { [Member in keyof Config]-?: Setting<NonNullable<Config[Member]>> }

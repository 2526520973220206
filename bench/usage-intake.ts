import { startPostgres } from '@writ/testing/postgres'
import pg from 'pg'
import { pino } from 'pino'
import { NOW } from './atlas.ts'
import { inTurns, perSecond, ratio, spread } from './measure.ts'
import type { Options, Row } from './row.ts'
import { openAuthority } from './scratch-authority.ts'

const TARGET = 20_000
const BATCH = 1_000
const SENDERS = 4
/** Of the first customer. */
const LICENSE = `lic_${'0'.repeat(24)}`

/**
 * CloudEvents over HTTP into PostgreSQL, each told from all that came before. Beside it the least that a store can do with as many rows: a
 * bare COPY of the same columns into a table with neither a key nor an index, from one connection, with nothing to read, to look up or to count.
 */
export async function run({ quick }: Options): Promise<Row[]> {
  const postgres = await startPostgres()
  const { url, key, close } = await openAuthority(postgres.url, quick ? 20 : 200, pino({ level: 'silent' }))
  const floor = new pg.Client({ connectionString: postgres.url })
  await floor.connect()
  await floor.query('CREATE TABLE floor (source text, id text, license_id text, meter text, amount int8, at int8)')
  const batches = quick ? SENDERS : 40
  try {
    const sides = {
      intake: () => intake(url, key, batches),
      copy: () => copied(floor, batches * BATCH),
    }
    await inTurns(sides, quick ? 0 : 1)
    const rates = await inTurns(sides, quick ? 1 : 7)
    return [
      {
        what: `usage events, batches of ${BATCH}, ${SENDERS} senders`,
        beside: 'a bare COPY of as many rows',
        measured: perSecond(rates.intake),
        compared: perSecond(rates.copy),
        ratio: ratio(rates.intake, rates.copy),
        target: `≥ ${TARGET.toLocaleString('en')}/s`,
        met: spread(rates.intake).median >= TARGET,
      },
    ]
  } finally {
    await floor.end()
    await close()
    await postgres.stop()
  }
}

let made = 0

/** @returns events a second, as their senders see it */
async function intake(url: string, key: string, batches: number): Promise<number> {
  const time = new Date(NOW).toISOString()
  const bodies = Array.from({ length: batches }, () =>
    JSON.stringify(
      Array.from({ length: BATCH }, () => ({
        specversion: '1.0',
        type: 'writ.usage',
        source: 'urn:bench:sender',
        id: crypto.randomUUID(),
        time,
        data: { license: LICENSE, meter: 'exports', amount: 1 },
      })),
    ),
  )
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/cloudevents-batch+json' }
  const start = performance.now()
  await Promise.all(
    Array.from({ length: SENDERS }, async () => {
      for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
        const answer = await fetch(`${url}/v1/usage/events`, { method: 'POST', headers, body })
        const report = (await answer.json()) as { accepted?: number }
        if (report.accepted !== BATCH) throw new Error(`a batch was not counted: ${answer.status} ${JSON.stringify(report).slice(0, 300)}`)
      }
    }),
  )
  return (batches * BATCH * 1000) / (performance.now() - start)
}

/** @returns rows a second */
async function copied(client: pg.Client, rows: number): Promise<number> {
  const lines = Array.from(
    { length: rows },
    () => `event ${LICENSE} urn:bench:sender\t${crypto.randomUUID()}\t${LICENSE}\texports\t1\t${NOW + (made++ % 1000)}`,
  )
  const start = performance.now()
  await copyFrom(client, 'COPY floor FROM STDIN', `${lines.join('\n')}\n`)
  return (rows * 1000) / (performance.now() - start)
}

/** The driver speaks COPY, and leaves it to whoever submits a query to say what is copied. */
function copyFrom(client: pg.Client, sql: string, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    interface Wire {
      query(sql: string): void
      sendCopyFromChunk(chunk: Buffer): void
      endCopyFrom(): void
    }
    const copy = {
      submit: (wire: Wire) => wire.query(sql),
      handleCopyInResponse: (wire: Wire) => {
        wire.sendCopyFromChunk(Buffer.from(text))
        wire.endCopyFrom()
      },
      handleCommandComplete: () => {},
      handleReadyForQuery: () => resolve(),
      handleError: reject,
    }
    client.query(copy as never)
  })
}

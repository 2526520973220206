import pino from 'pino'
import { expect, test } from 'vitest'
import { logFailure, storeFaultOf } from './store-fault.ts'

const error = (message: string, more: object = {}) => Object.assign(new Error(message), more)
const cases: [name: string, error: unknown, want: string | undefined][] = [
  ['nobody listens', error('connect ECONNREFUSED 127.0.0.1:5432', { code: 'ECONNREFUSED' }), 'STORE_UNAVAILABLE'],
  ['the server was told to end', error('terminating connection due to administrator command', { code: '57P01' }), 'STORE_UNAVAILABLE'],
  ['the server starts', error('the database system is starting up', { code: '57P03' }), 'STORE_UNAVAILABLE'],
  ['too many are connected', error('sorry, too many clients already', { code: '53300' }), 'STORE_UNAVAILABLE'],
  ['the connection broke', error('Connection terminated unexpectedly'), 'STORE_UNAVAILABLE'],
  ['no room on the disk', error('could not extend file', { code: '53100' }), 'STORE_FULL'],
  ['a file may not grow', error('could not extend file "base/1/2": File too large', { code: 'XX000', file: 'md.c' }), 'STORE_FULL'],
  ['no room for a file of ours', error('no space left', { code: 'ENOSPC' }), 'STORE_FULL'],
  ['a row that is there', error('duplicate key', { code: '23505' }), undefined],
  ['a mistake of ours', error('column does not exist', { code: '42703' }), undefined],
  ['no error at all', 'words', undefined],
]
for (const [name, given, want] of cases) test(`${name}: ${want ?? 'no fault of the store'}`, () => expect(storeFaultOf(given)).toBe(want))

test('a store that is away is logged in a line each, and what nobody foresaw with its stack', () => {
  const lines: unknown[] = []
  const log = pino({ level: 'warn' }, { write: (line) => void lines.push(JSON.parse(line)) })
  logFailure(log, error('connect ECONNREFUSED 127.0.0.1:5432', { code: 'ECONNREFUSED' }), 'a job failed', { job: 'sweep' })
  logFailure(log, new TypeError('x is undefined'), 'a job failed')
  expect(lines).toMatchObject([
    { level: 40, fault: 'STORE_UNAVAILABLE', said: 'connect ECONNREFUSED 127.0.0.1:5432', job: 'sweep', msg: 'a job failed' },
    { level: 50, err: { stack: expect.stringContaining('store-fault.test.ts') }, msg: 'a job failed' },
  ])
  expect(lines[0]).not.toHaveProperty('err')
})

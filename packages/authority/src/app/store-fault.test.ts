import { expect, test } from 'vitest'
import { storeFaultOf } from './store-fault.ts'

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

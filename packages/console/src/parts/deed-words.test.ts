import { expect, test } from 'vitest'
import { deedInWords } from './deed-words.ts'

const deeds: [action: string, words: string][] = [
  ['license.issue', 'License issued'],
  ['license.past_due', 'License marked past due'],
  ['license_file.issue', 'License file issued'],
  ['sign_in.begin', 'Sign-in begun'],
  ['seat.take', 'Seat taken'],
  ['thing.do_something_new', 'Thing do something new'],
  ['bare', 'bare'],
]
for (const [action, words] of deeds) test(`${action} reads: ${words}`, () => expect(deedInWords(action)).toBe(words))

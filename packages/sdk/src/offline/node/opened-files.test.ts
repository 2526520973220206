import { expect, test } from 'vitest'
import { OpenedFiles } from './opened-files.ts'

const refuses = async () => {
  throw new Error('revoked')
}
const holds = async () => {}

test('a look that began earlier and ends later takes nothing back, and is done when the later one is', async () => {
  const files = new OpenedFiles()
  files.remember('f1', 'file')
  let release = () => {}
  const older = files.lookAgain(() => new Promise((resolve) => (release = () => resolve(undefined))))
  let refuse = () => {}
  const later = files.lookAgain(() => new Promise((_, reject) => (refuse = () => reject(new Error('revoked')))))
  release()
  let isDone = false
  older.then(() => (isDone = true))
  for (let tick = 0; tick < 20; tick++) await Promise.resolve()
  expect([isDone, files.refuses('f1')]).toEqual([false, undefined])
  refuse()
  await Promise.all([older, later])
  expect(files.refuses('f1')?.message).toBe('revoked')
  // And the other way round.
  const first = files.lookAgain(refuses)
  await Promise.all([first, files.lookAgain(holds)])
  expect(files.refuses('f1')).toBe(undefined)
})

test('what is found of a file is not said of another that was opened under its id meanwhile', async () => {
  const files = new OpenedFiles()
  files.remember('f1', 'old')
  const read: string[] = []
  const look = files.lookAgain(async (file) => {
    read.push(`${file} ${files.refuses('f1')?.message}`)
    if (file === 'old') throw new Error('revoked')
  })
  files.remember('f1', 'new')
  await look
  expect([files.refuses('f1'), read]).toEqual([undefined, ['old undefined', 'new undefined']])
})

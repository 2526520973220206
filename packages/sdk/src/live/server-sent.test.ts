import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linesOf, type ServerSent, serverSent } from './server-sent.ts'

/** A body that comes in these parts. */
function bodyOf(parts: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const left = [...parts]
  return new ReadableStream({
    pull(controller) {
      const part = left.shift()
      if (part === undefined) controller.close()
      else controller.enqueue(part)
    },
  })
}

/** Cuts bytes at these places, in the middle of characters too. */
function cut(text: string, places: readonly number[]): Uint8Array[] {
  const bytes = new TextEncoder().encode(text)
  const at = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b)
  return [0, ...at].map((from, i) => bytes.slice(from, at[i] ?? bytes.length))
}

async function eventsOf(body: ReadableStream<Uint8Array>): Promise<ServerSent[]> {
  const events: ServerSent[] = []
  for await (const event of serverSent(body, () => {})) events.push(event)
  return events
}

test('events are what the standard says they are', async () => {
  const text = [
    'retry: 1000\n\n',
    ': a comment\n\n',
    'id: a:1\nevent: change\ndata: {"x":\ndata:1}\n\n',
    'data\r\n\r\n',
    'event: nothing\n\n',
    'id: b:2\rdata:  two blanks\r\r',
    'data: not ended',
  ].join('')
  expect(await eventsOf(bodyOf(cut(text, [])))).toEqual([
    { id: 'a:1', event: 'change', data: '{"x":\n1}' },
    { id: 'a:1', event: 'message', data: '' },
    { id: 'b:2', event: 'message', data: ' two blanks' },
  ])
})

test('wherever a body is cut into parts, its lines are the same', async () => {
  const line = fc.string({ unit: fc.constantFrom('a', ':', ' ', 'ü', '🚢', '\\'), maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\n\n'))),
      fc.array(fc.nat(), { maxLength: 12 }),
      async (lines, places) => {
        const text = lines.flat().join('')
        const read: string[] = []
        for await (const each of linesOf(bodyOf(cut(text, places)))) read.push(each)
        expect(read).toEqual(text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r\n|\n/))
      },
    ),
  )
})

test('a line without an end is given up', async () => {
  const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(8 << 20).fill(97)) })
  await expect(eventsOf(endless)).rejects.toThrow(RangeError)
})

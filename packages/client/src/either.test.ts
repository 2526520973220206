import { expect, test, vi } from 'vitest'
import { either } from './either.ts'

const NATIVE = AbortSignal.any
const runtimes = [
  { name: 'with AbortSignal.any', any: NATIVE },
  { name: 'without it', any: undefined },
]
for (const { name, any } of runtimes) {
  const inRuntime = (work: () => void) => {
    Object.defineProperty(AbortSignal, 'any', { value: any, configurable: true, writable: true })
    try {
      work()
    } finally {
      Object.defineProperty(AbortSignal, 'any', { value: NATIVE, configurable: true, writable: true })
    }
  }

  test(`${name}, the first to abort gives the reason, and a later one changes nothing`, () => {
    inRuntime(() => {
      const [a, b] = [new AbortController(), new AbortController()]
      const signal = either(a.signal, b.signal)
      expect(signal.aborted).toBe(false)
      b.abort('early')
      expect([signal.aborted, signal.reason]).toEqual([true, 'early'])
      a.abort('late')
      expect(signal.reason).toBe('early')
    })
  })

  test(`${name}, one that was aborted before aborts at once`, () => {
    inRuntime(() => {
      expect(either(AbortSignal.abort('gone'), new AbortController().signal).reason).toBe('gone')
      expect(either(new AbortController().signal, AbortSignal.abort('late')).reason).toBe('late')
    })
  })
}

test('without AbortSignal.any nothing goes on listening once one has aborted', () => {
  Object.defineProperty(AbortSignal, 'any', { value: undefined, configurable: true, writable: true })
  try {
    const [asker, timeout] = [new AbortController(), new AbortController()]
    const [added, removed] = [vi.spyOn(asker.signal, 'addEventListener'), vi.spyOn(asker.signal, 'removeEventListener')]
    either(asker.signal, timeout.signal)
    timeout.abort()
    expect(added.mock.calls.map(([, listener]) => listener)).toEqual(removed.mock.calls.map(([, listener]) => listener))
    expect(added).toHaveBeenCalledTimes(1)
  } finally {
    Object.defineProperty(AbortSignal, 'any', { value: NATIVE, configurable: true, writable: true })
  }
})

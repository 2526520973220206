import type { DestinationStream } from 'pino'
import { TextBuffer } from './text-buffer.ts'

const BULK_BYTES = 65_536
const MOST_MILLISECONDS = 100

/** What lines are handed on to; `pino.destination` with `contentMode: 'buffer'`. */
export interface BytesDestination {
  write(bytes: Buffer): void
  flushSync(): void
}

/**
 * Hands lines on many at a time: a write a line would cost a request more than its decision. An exit writes what is left; a kill may
 * lose what is younger than a tenth of a second.
 */
export function inBulk(destination: BytesDestination): DestinationStream {
  const lines = new TextBuffer(BULK_BYTES)
  let timer: NodeJS.Timeout | undefined
  const handOn = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (lines.length > 0) destination.write(lines.take())
  }
  process.on('exit', () => {
    handOn()
    destination.flushSync()
  })
  return {
    write(line) {
      if (!lines.add(line)) {
        handOn()
        lines.add(line)
      }
      // Not unreferenced: a process that ends by itself still has lines to write.
      timer ??= setTimeout(handOn, MOST_MILLISECONDS)
    },
  }
}

/**
 * Aborts with whichever of the two does first. Edge runtimes, and browsers of before 2024, have no `AbortSignal.any`.
 * @param bounded one that aborts sooner or later, such as a timeout: what waits for the other goes with it
 */
export function either(signal: AbortSignal, bounded: AbortSignal): AbortSignal {
  if (typeof AbortSignal.any === 'function') return AbortSignal.any([signal, bounded])
  const controller = new AbortController()
  const both = [signal, bounded].map((each) => ({ each, abort: () => end(each) }))
  function end({ reason }: AbortSignal): void {
    controller.abort(reason)
    for (const { each, abort } of both) each.removeEventListener('abort', abort)
  }
  for (const { each, abort } of both) each.addEventListener('abort', abort, { once: true })
  const ended = both.find(({ each }) => each.aborted)
  if (ended !== undefined) end(ended.each)
  return controller.signal
}

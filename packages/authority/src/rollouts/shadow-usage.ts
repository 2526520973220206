import { type Instant, type Usage, type World, windowOf } from '@writ/engine'
import type { UsageView } from '../usage/license-usage.ts'
import type { CounterKey } from '../usage/store.ts'

/** Usage as a licence that is moved to another edition would find it: what it used stays used, and seats of another kind are free. */
export class ShadowUsage implements Usage {
  readonly #usage: UsageView
  readonly #freed: ReadonlySet<string>
  readonly #live = new Map<string, Set<string>>()
  /** Windows that were asked for and that only the new edition counts by. */
  readonly foreign: CounterKey[] = []
  /** Of these, those that have no counter yet. */
  readonly unsure: CounterKey[] = []

  /** @param licenses as World has them now, before they are moved @param freed whose seats are */
  constructor(world: World, usage: UsageView, licenses: readonly string[], freed: ReadonlySet<string>, now: Instant) {
    this.#usage = usage
    this.#freed = freed
    for (const id of licenses) {
      const license = world.license(id)
      const sold = license && world.sold(license)
      const names = new Set<string>()
      this.#live.set(id, names)
      for (const { windows } of sold === undefined ? [] : [sold.plan, sold.degradeTo ?? sold.plan])
        for (const [meter, limits] of windows)
          for (const limit of limits) names.add(nameOf(meter, windowOf(limit, license?.starts ?? 0, now)))
    }
  }

  used(license: string, meter: string, from: Instant, until: Instant): number {
    // What is counted now and has no counter is not used yet.
    if (this.#live.get(license)?.has(nameOf(meter, { from, until })) === false) {
      const key = { license, meter, from, until }
      this.foreign.push(key)
      if (!this.#usage.counts(license, meter, from, until)) this.unsure.push(key)
    }
    return this.#usage.used(license, meter, from, until)
  }

  reserved(license: string, meter: string, from: Instant, until: Instant) {
    return this.#usage.reserved(license, meter, from, until)
  }

  arrival(...of: Parameters<Usage['arrival']>) {
    return this.#usage.arrival(...of)
  }

  floating(license: string) {
    return this.#freed.has(license) ? [] : this.#usage.floating(license)
  }
}

function nameOf(meter: string, { from, until }: { readonly from: Instant; readonly until: Instant }): string {
  return `${from} ${until} ${meter}`
}

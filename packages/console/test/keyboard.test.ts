import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { bench, settled } from './kit.ts'

const desk = bench()

const PAGES = [
  '',
  'organizations',
  'organizations/acme',
  'identities/ann',
  'licenses',
  'licenses/acme-standard',
  'terms',
  'terms?view=editions&before=1',
  'terms?view=edit',
  'terms?view=sign-offs',
  'ask?identity=cara&feature=atlas%3Ausers.manage&organization=acme',
  'audit',
  'credentials',
  'settings',
  'import',
]

/** Gives every thing on the page that can be worked a number. @returns what each is, by its number */
function numbered(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const workable = 'a[href], button, input, select, textarea, summary, [contenteditable=true], [tabindex="0"]'
    const found = [...document.querySelectorAll<HTMLElement>(workable)].filter((each) => {
      if (each.tabIndex < 0 || (each as HTMLButtonElement).disabled || each.closest('[inert], [aria-hidden=true]') !== null) return false
      if (!each.checkVisibility({ visibilityProperty: true })) return false
      // Of a group one is in the order; the arrows lead to the others.
      if (each instanceof HTMLInputElement && each.type === 'radio') {
        const group = [...document.querySelectorAll<HTMLInputElement>(`input[type=radio][name="${each.name}"]`)]
        return each === (group.find(({ checked }) => checked) ?? group[0])
      }
      return true
    })
    return found.map((each, index) => {
      each.dataset.number = String(index)
      return `${each.tagName} ${each.getAttribute('aria-label') ?? each.textContent?.trim().slice(0, 40) ?? ''}`
    })
  })
}

test('with the keyboard alone everything on every page is reached, seen to be reached, and left again', async () => {
  const page = await desk.open('')
  const faults: string[] = []
  for (const path of PAGES) {
    await page.goto(`${desk.served.url}/console/${path}`)
    await settled(page)
    const all = await numbered(page)
    expect(all.length, path).toBeGreaterThan(10)
    const reached = new Set<number>()
    for (let presses = 0; presses < 3 * all.length + 20 && reached.size < all.length; presses++) {
      await page.keyboard.press('Tab')
      const at = await page.evaluate(() => {
        const each = document.activeElement as HTMLElement | null
        const style = each === null ? undefined : getComputedStyle(each)
        const { top, bottom, height } = each?.getBoundingClientRect() ?? { top: 0, bottom: 0, height: 0 }
        // A switch draws it around its label.
        const around = each?.nextElementSibling === null || each === null ? undefined : getComputedStyle(each.nextElementSibling ?? each)
        const drawn = [style, around].some((of) => of !== undefined && (of.outlineStyle !== 'none' || of.boxShadow !== 'none'))
        return {
          number: each?.dataset.number,
          seen: height === 0 || (bottom > 0 && top < innerHeight),
          // A field shows it by its border.
          drawn: drawn || each?.matches('input, select, textarea, [contenteditable=true], [class*=Input-input]') === true,
        }
      })
      if (at.number === undefined) continue
      const number = Number(at.number)
      reached.add(number)
      if (!at.seen) faults.push(`${path}: ${all[number]} has the focus outside of the window`)
      if (!at.drawn) faults.push(`${path}: ${all[number]} does not show that it has the focus`)
    }
    faults.push(...all.flatMap((name, number) => (reached.has(number) ? [] : [`${path}: ${name} is not reached`])))
  }
  expect(faults).toEqual([])
})

import { expect, test } from 'vitest'
import { bench, PHONE, says, settled, violations } from './kit.ts'

const desk = bench({ scene: false })

const PAGES: readonly [path: string, opensWith: RegExp, helps: RegExp][] = [
  ['', /^No licence ends in the next 30 days\.$/, /There is no licence yet/],
  ['organizations', /^Nobody is a customer yet\.$/, /There is no customer yet/],
  ['identities', /^1 identity this authority knows\.$/, /Owner \(Bootstrap\)/],
  ['licenses', /^Nothing is sold yet\.$/, /There is no licence yet\.[\s\S]*npx writ license issue/],
  ['terms', /^Nothing is sold yet: write the first terms\.$/, /Publish edition 1/],
  ['terms?view=sign-offs', /^Nothing is sold yet/, /Nothing waits for a sign-off\.[\s\S]*signed_off_by/],
  ['ask', /^May they/, /Ask/],
  ['audit?view=decisions', /^Every question/, /No such question was asked/],
  ['credentials', /^1 key is live\.$/, /Bootstrap/],
  ['import', /^Many at once/, /Choose a file/],
]

test('where nothing is yet, every page says what to do, and fits a phone', async () => {
  const page = await desk.open('', { viewport: PHONE, colorScheme: 'dark' })
  const faults: string[] = []
  for (const [path, opensWith, helps] of PAGES) {
    await page.goto(`${desk.served.url}/console/${path}`)
    await settled(page)
    await says(page, opensWith, path)
    expect(await page.getByRole('main').innerText(), path).toMatch(helps)
    faults.push(...(await violations(page)).map((fault) => `${path}: ${fault}`))
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (sideways > 0) faults.push(`${path}: ${sideways} px wider than the window`)
  }
  expect(faults).toEqual([])
})

test('what is not there is said, with what to do', async () => {
  const page = await desk.open('')
  for (const [path, code] of [
    ['licenses/none', 'LICENSE_UNKNOWN'],
    ['organizations/none', 'ORGANIZATION_UNKNOWN'],
    ['identities/none', 'IDENTITY_UNKNOWN'],
  ]) {
    await page.goto(`${desk.served.url}/console/${path}`)
    const failure = page.getByRole('alert')
    await failure.getByText(/It may be gone, or your key may not see it\./).waitFor()
    expect(await failure.innerText()).toContain(code)
    expect(await violations(page)).toEqual([])
  }
  desk.complaints = desk.complaints.filter((text) => !text.includes('404'))
})

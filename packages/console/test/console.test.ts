import { expect, test } from 'vitest'
import { bench, heldIsMeant, PHONE, says, sentence, settled, violations, WIDE } from './kit.ts'

const desk = bench()
const { open } = desk

const PAGES: readonly [path: string, opensWith: RegExp][] = [
  ['', /^3 licences end in the next 30 days, 2 of them on the same day\.$/],
  ['organizations', /^5 organizations are customers\.$/],
  ['organizations?q=glob', /^1 customer with “glob” in the name or id\.$/],
  ['organizations/acme', /^Acme Logistics is on standard until .*, 8 of 27 seats taken\.$/],
  ['organizations/globex', /^Globex holds 2 licences: enterprise and enterprise_vault \(not begun yet\)\.$/],
  ['identities', /^18 identities this authority knows\.$/],
  ['identities?status=suspended', /^1 identity this authority knows, suspended\.$/],
  ['identities/ann?country=DE', /^Ann Abara may do \d things?( at Acme Logistics| with)/],
  ['identities/sam', /^Sam Suspended is suspended and may do nothing until resumed\.$/],
  ['identities/rex', /^Rex Revoked is revoked, for good/],
  ['licenses', /^8 licences\.$/],
  ['licenses?state=license_suspended', /^1 licence suspended\.$/],
  ['licenses/acme-standard', /^Acme Logistics is on Standard until /],
  ['licenses/initech-standard', /^Initech is on Standard, in grace: a payment is overdue since /],
  ['terms', /^Atlas Analytics is sold in 4 plans by edition 2, the newest: no licence is on it, 8 are on older ones\.$/],
  ['terms?edition=1', /by edition 1, an older one: 8 licences are on it\.$/],
  ['terms?view=editions&before=1', /^Atlas Analytics is sold/],
  ['terms?view=edit', /^Atlas Analytics is sold/],
  ['terms?view=sign-offs', /^Atlas Analytics is sold/],
  ['import', /^Many at once: from a file/],
  ['credentials', /^\d keys are live\.$/],
  ['settings', /^The root key is not backed up/],
  ['ask', /^May they, and if not, why not\?$/],
  ['ask?identity=sol&feature=atlas%3Areport.export', /^No: sol may not use report\.export\. The plan does not include this\.$/],
  ['audit?action=license.suspend', /^Everything that was done/],
  ['audit?view=decisions&reason=identity_suspended', /^Every question that was decided/],
]

/** As readers see them; axe looks at each page in all four. */
const LOOKS = [
  { viewport: WIDE, colorScheme: 'light' },
  { viewport: WIDE, colorScheme: 'dark' },
  { viewport: PHONE, colorScheme: 'dark' },
  { viewport: PHONE, colorScheme: 'light' },
] as const

test('every page opens with its sentence for whoever follows the link, and axe finds no fault in it', async () => {
  const page = await open('organizations')
  const faults: string[] = []
  for (const [path, opensWith] of PAGES) {
    await page.goto(`${desk.served.url}/console/${path}`)
    await settled(page)
    await says(page, opensWith, path)
    expect(page.url()).toBe(`${desk.served.url}/console/${path}`)
    for (const { viewport, colorScheme } of LOOKS) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme })
      const as = `${path}, ${viewport.width} px, ${colorScheme}`
      faults.push(...(await violations(page)).map((fault) => `${as}: ${fault}`))
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      if (sideways > 0) faults.push(`${as}: ${sideways} px wider than the window`)
    }
    await page.setViewportSize(WIDE)
  }
  expect(faults).toEqual([])
}, 600_000)

test('a wrong key is refused in words, and the key rests nowhere in the browser', async () => {
  const context = await desk.browser.newContext({ viewport: WIDE })
  const page = await context.newPage()
  await page.goto(`${desk.served.url}/console/identities`)
  await page.getByLabel('API key').fill('writ_key_wrong')
  await page.keyboard.press('Enter')
  await page.getByText('The authority does not know this key').waitFor()
  await page.getByLabel('API key').fill(desk.served.key)
  await page.keyboard.press('Enter')
  await settled(page)
  expect(page.url()).toBe(`${desk.served.url}/console/identities`)
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]))
  expect(kept).not.toContain('writ_key_')
  expect(kept).not.toContain(desk.served.key)
  const [cookie] = await context.cookies()
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
  expect(cookie?.value).not.toContain(desk.served.key)
})

test('signing out leads back, and so does the end of the key', async () => {
  const made = await desk.served.done('POST', '/v1/api-keys', { name: 'Passing', scopes: ['manage:organizations'] })
  const page = await open('organizations', { key: made.key })
  await page.getByRole('button', { name: 'Signed in as Passing' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByLabel('API key').fill(made.key)
  await page.keyboard.press('Enter')
  await settled(page)
  await desk.served.done('DELETE', `/v1/api-keys/${made.id}`)
  await page.goto(`${desk.served.url}/console/organizations/acme`)
  await page.getByLabel('API key').waitFor()
})

test('with the keyboard alone: find a person, and see what they may do', async () => {
  const page = await open('organizations')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the page')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find anything' }).waitFor()
  await page.keyboard.type('abara')
  await page.getByRole('option', { name: /Ann Abara/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/identities/ann')
  await says(page, /^Ann Abara may do/)
  await expect.poll(() => page.evaluate(() => document.activeElement?.id), { timeout: 10_000 }).toBe('page')
})

test('suspending is done at once and can be taken back; revoking wants the name', async () => {
  const page = await open('identities/ben')
  await page.getByRole('button', { name: 'Suspend Ben Okoro' }).click()
  await page.getByText('Ben Okoro is suspended, everywhere.').waitFor()
  await says(page, /is suspended/)
  await page.getByRole('button', { name: 'Undo' }).click()
  await says(page, /may do/)
  await page.getByRole('button', { name: 'Revoke Ben Okoro' }).click()
  const dialog = page.getByRole('dialog')
  expect(await dialog.innerText()).toMatch(/loses every entitlement at once, in 1 organization/)
  const revoke = dialog.getByRole('button', { name: 'Revoke Ben Okoro' })
  expect(await revoke.isDisabled()).toBe(true)
  await dialog.getByRole('textbox').fill('ann')
  expect(await revoke.isDisabled()).toBe(true)
  await page.keyboard.press('Escape')
  expect((await desk.served.done('GET', '/v1/identities/ben')).status).toBe('active')
})

test('what would make it a yes is tried, and the link leads to the yes', async () => {
  const page = await open('ask?identity=gina&feature=atlas%3Ausers.manage')
  await says(page, /^No: gina may not use users\.manage\. A stronger or fresher proof/)
  await page.getByRole('link', { name: 'Tried: then it is a yes.' }).click()
  await page.waitForURL('**proofs=passkey**')
  await says(page, /^Yes: gina may use users\.manage/)
})

test('a row of the audit opens to its record, and the link leads back to it', async () => {
  const page = await open('audit?action=license.suspend')
  await page.getByRole('button', { name: 'License suspended' }).click()
  await page.waitForURL('**open=**')
  expect(await page.locator('pre').innerText()).toContain('"subject": "license:umbrella-held"')
  await page.reload()
  await settled(page)
  expect(await page.locator('pre').innerText()).toContain('"subject": "license:umbrella-held"')
})

test('a band of the refusals leads to who was refused', async () => {
  const page = await open('')
  await page.getByRole('link', { name: 'The identity is suspended.' }).click()
  await page.waitForURL('**/audit?view=decisions&reason=identity_suspended**')
  await settled(page)
  expect(await page.getByRole('table', { name: 'What was decided' }).innerText()).toMatch(/sam[\s\S]*Refused/)
})

test('what a licence used over time is drawn, and stands there as a table', async () => {
  const page = await open('licenses/acme-standard')
  const plot = page.getByRole('img', { name: /^exports: 820 reports, at most/ })
  await plot.waitFor()
  await page.locator('figure', { has: plot }).locator('summary').click()
  await page.getByRole('cell', { name: '820 reports' }).waitFor()
  await page.getByLabel('Period', { exact: true }).selectOption('hour')
  await expect.poll(() => plot.locator('rect').count()).toBe(49)
})

test('a seat is given and taken, and a licence suspended and resumed', async () => {
  const page = await open('licenses/acme-standard')
  await page.getByRole('textbox', { name: 'Who gets a seat' }).fill('iris')
  await page.keyboard.press('Enter')
  await page.getByText('iris has a seat.').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('It was undone.').waitFor()
  const { items } = await desk.served.done('GET', '/v1/seats?license=acme-standard')
  expect(items.map(({ identity }: { identity: string }) => identity)).not.toContain('iris')
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Suspend it' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/^\d+ people or services lose something/).waitFor()
  expect(await violations(page)).toEqual([])
  // Who saw how many it takes it from is not asked again.
  await dialog.getByRole('button', { name: 'Suspend this licence' }).click()
  await says(page, /is suspended: it refuses everything/)
  await page.getByRole('button', { name: 'Undo' }).click()
  await says(page, /^Acme Logistics is on Standard until/)
  heldIsMeant(desk)
})

test('another plan says what it takes before it is taken', async () => {
  const page = await open('licenses/acme-standard')
  await page.getByRole('button', { name: 'Change the plan' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Plan').selectOption('free')
  expect(await dialog.innerText()).toMatch(/They lose \d features: .*report\.export/)
  await page.keyboard.press('Escape')
  expect((await desk.served.done('GET', '/v1/licenses/acme-standard')).plan).toBe('standard')
})

test('terms are checked while they are written, and say what they change before they are published', async () => {
  const page = await open('terms?view=edit')
  const editor = page.getByRole('textbox', { name: 'The terms, as YAML' })
  await editor.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.insertText('\nplanz: {}\n')
  await page.getByText(/1 fault: it cannot be published like this/).waitFor()
  await page.locator('.cm-lint-marker-error').first().waitFor({ state: 'attached' })
  expect(await page.getByRole('button', { name: /planz/ }).innerText()).toContain('plans')
  await page.getByRole('button', { name: 'Discard the draft' }).click()
  await page.getByText('Nothing changes for anybody.').waitFor()

  const { source } = await desk.served.done('GET', '/v1/products/atlas/editions/2')
  const next = source
    .replace('api.call: { limit: 1000 per month', 'api.call: { limit: 500 per month')
    .replace('users.manage:   { title: Manage users }', 'users.manage:   { title: Manage users, assurance: passkey }')
  await page.evaluate((draft) => sessionStorage.setItem('writ-draft-atlas', draft), next)
  await page.reload()
  await page.getByText('free: api.call from 1000 to 500').waitFor()
  await page.getByText('At once, for every licence ever sold.').first().waitFor()
  await page.getByRole('button', { name: 'Publish edition 3' }).click()
  const dialog = page.getByRole('dialog')
  expect(await dialog.innerText()).toMatch(/1 consequence holds at once, for all 8 licences of atlas/)
  await dialog.getByRole('textbox').fill('atlas')
  await page.keyboard.press('Enter')
  await says(page, /by edition 3, the newest/)
  expect((await desk.served.done('GET', '/v1/products/atlas')).newest_edition).toBe(3)
}, 60_000)

test('completion offers what the schema knows at that place', async () => {
  const page = await open('terms?view=edit')
  await page.getByRole('textbox', { name: 'The terms, as YAML' }).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('\nsig')
  await page.getByRole('option', { name: 'signals' }).waitFor()
  // The draft outlives a reload.
  await page.keyboard.press('Escape')
  await page.reload()
  await page.getByRole('button', { name: 'Discard the draft' }).click()
})

test('a key is made and shown once, rotated and revoked', async () => {
  const page = await open('credentials')
  await page.getByRole('button', { name: 'Make an API key' }).click()
  await page.getByLabel('Its name').fill('Billing')
  await page.getByRole('radio', { name: /An auditor/ }).check()
  await page.getByRole('button', { name: 'Make the key' }).click()
  const key = await page.getByRole('dialog').locator('pre').innerText()
  expect(key).toMatch(/^writ_key_/)
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: 'Billing' }).click()
  await page.waitForURL('**open=**')
  expect(await page.content()).not.toContain(key)
  await page.getByRole('button', { name: 'Rotate Billing' }).click()
  await page.getByRole('button', { name: 'Make the key' }).click()
  const next = await page.getByRole('dialog').locator('pre').innerText()
  expect(next).not.toBe(key)
  await page.getByRole('button', { name: 'Done' }).click()
  expect((await desk.served.done('GET', '/v1/audit', undefined, next)).items.length).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Revoke Billing' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('Billing')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  const revoked = await desk.served.done('GET', '/v1/api-keys?state=revoked&q=Billing')
  expect(revoked.items).toHaveLength(1)
})

test('the root is backed up from the page, and the page says so', async () => {
  const page = await open('settings')
  await page.getByRole('button', { name: 'Take a backup' }).click()
  await page.getByRole('textbox', { name: 'Passphrase' }).fill('correct horse battery')
  await page.getByRole('textbox', { name: 'The same again' }).fill('correct horse battery')
  const download = page.waitForEvent('download')
  await page.getByRole('dialog').getByRole('button', { name: 'Take the backup' }).click()
  expect((await download).suggestedFilename()).toMatch(/^writ-root-.*\.backup$/)
  await expect.poll(() => sentence(page), { timeout: 10_000 }).not.toMatch(/not backed up/)
})

test('who runs the authority may do so, and the page says what', async () => {
  const { identity } = await desk.served.done('GET', '/v1/me')
  const page = await open(`identities/${identity.id}`)
  await says(page, /^Owner \(Bootstrap\) may do \d+ things at /)
  expect(await page.getByRole('table', { name: 'Entitlements' }).first().innerText()).toContain('writ:audit.read')
})

test('what the key may not see is said with what to do', async () => {
  const { key } = await desk.served.done('POST', '/v1/api-keys', { name: 'Narrow', scopes: ['manage:organizations'] })
  const page = await open('organizations', { key })
  await page.goto(`${desk.served.url}/console/identities`)
  await page.getByRole('alert').getByText('Your key does not have the scope manage:identities.').waitFor()
  desk.complaints = desk.complaints.filter((text) => !text.includes('403'))
})

test('what came meanwhile is announced, and shown when it is asked for', async () => {
  const page = await open('organizations')
  await desk.served.done('POST', '/v1/organizations', { id: 'newcomer', title: 'Newcomer' })
  const fresh = page.getByRole('button', { name: '1 new' })
  await fresh.waitFor({ timeout: 15_000 })
  expect(await page.getByRole('link', { name: 'Newcomer' }).count()).toBe(0)
  await fresh.click()
  await page.getByRole('link', { name: 'Newcomer' }).waitFor()
  await says(page, /^6 organizations are customers\.$/)
})

test('with JavaScript that anybody put into the page, nothing runs', async () => {
  const response = await fetch(`${desk.served.url}/console/`)
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).not.toContain('unsafe')
  const html = await response.text()
  expect(html).not.toMatch(/<script(?![^>]*src=)/)
  expect(html).not.toContain('__WRIT_NONCE__')
  expect(/nonce="([^"]+)"/.exec(html)?.[1]).not.toBe(/nonce="([^"]+)"/.exec(await (await fetch(`${desk.served.url}/console/`)).text())?.[1])
})

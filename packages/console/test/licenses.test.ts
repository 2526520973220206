import { expect, test } from 'vitest'
import { bench, heldIsMeant, says, settled, violations } from './kit.ts'

const desk = bench()
const { open } = desk

test('the rail says who is signed in; what they may not do stands there with the reason, for the keyboard too', async () => {
  await desk.served.done('POST', '/v1/identities', { id: 'sue', name: 'Sue Port', in: { writ: ['support'] } })
  const scopes = ['decide', 'manage:*']
  const { key } = await desk.served.done('POST', '/v1/api-keys', { name: 'Desk of Sue', identity: 'sue', scopes })
  const page = await open('licenses/acme-standard', { key })
  const rail = page.getByRole('navigation', { name: 'Pages' })
  await rail.getByText('Desk of Sue').waitFor()
  expect(await rail.innerText()).toMatch(/for Sue Port, support; sees everything/)
  await rail.getByRole('link', { name: /^Credentials, closed to you: Sue Port is support here.*enforcers\.read/ }).waitFor()
  const renew = page.getByRole('button', { name: 'Renew' })
  expect(await renew.getAttribute('aria-disabled')).toBe('true')
  await renew.focus()
  await page
    .getByRole('tooltip')
    .getByText(/licenses\.write/)
    .waitFor()
  await page.keyboard.press('Enter')
  expect(await page.getByRole('dialog').count()).toBe(0)
  await page.locator('#page').focus()
  await page.getByRole('tooltip').waitFor({ state: 'hidden' })
  // Seats are theirs to move.
  await page.getByRole('textbox', { name: 'Who gets a seat' }).waitFor()
  expect(await violations(page)).toEqual([])
})

test('an override is added and taken back, and says what the plan has instead', async () => {
  const page = await open('licenses/acme-standard')
  await page.getByRole('button', { name: 'Add an override' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What it gets').selectOption('named')
  await dialog.getByLabel('How many').fill('50')
  await page.keyboard.press('Enter')
  await page.getByText('instead of: 25').waitFor()
  expect((await desk.served.done('GET', '/v1/licenses/acme-standard')).overrides).toEqual({ seats: { named: 50 } })
  await page.getByRole('button', { name: /^Take back.*50 named seats/ }).click()
  await page.getByText('Taken back: 50 named seats. The plan holds again.').waitFor()
  expect((await desk.served.done('GET', '/v1/licenses/acme-standard')).overrides).toBeUndefined()
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await page.getByText('instead of: 25').waitFor()
  expect((await desk.served.done('GET', '/v1/licenses/acme-standard')).overrides).toEqual({ seats: { named: 50 } })
  await page.getByRole('button', { name: /^Take back.*50 named seats/ }).click()
  await page.getByText('Nothing: the plan standard holds as it is.').waitFor()
})

test('what the terms do not take is refused in the form, which stays', async () => {
  const page = await open('licenses/globex-enterprise')
  await page.getByRole('button', { name: 'Add an override' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What it gets').selectOption('expiry')
  await dialog.getByLabel('How long').fill('a while')
  await page.keyboard.press('Enter')
  await dialog.getByText(/OVERRIDES_INVALID/).waitFor()
  expect(await dialog.innerText()).toContain('overrides/grace/expiry')
  expect(await dialog.getByLabel('How long').inputValue()).toBe('a while')
  desk.complaints = desk.complaints.filter((text) => !text.includes('422'))
})

test('a transfer says first what the old holder loses, and wants the licence named', async () => {
  const page = await open('licenses/acme-standard')
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Transfer it' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('New holder').fill('umbr')
  await page.getByRole('option', { name: /Umbrella Analytics/ }).click()
  await dialog.getByText(/Acme Logistics loses it at once, and with it 8 seats and 1 license key\./).waitFor()
  expect(await violations(page)).toEqual([])
  const go = dialog.getByRole('button', { name: 'Transfer it to umbrella' })
  expect(await go.isDisabled()).toBe(true)
  expect((await desk.served.done('GET', '/v1/licenses/acme-standard')).organization).toBe('acme')
  await dialog.getByLabel('Type acme-standard to go on').fill('acme-standard')
  await page.keyboard.press('Enter')
  await says(page, /^Umbrella Analytics is on Standard until/)
  expect((await desk.served.done('GET', '/v1/licenses/acme-standard')).organization).toBe('umbrella')
  await desk.served.done('POST', '/v1/licenses/acme-standard/transfer', { organization: 'acme' })
  heldIsMeant(desk)
})

test('one licence is moved to the newest edition, after what changes for it, and back', async () => {
  const page = await open('licenses/acme-standard')
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Move it to edition 2' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/report\.export.*1000.*2000/).waitFor()
  await dialog.getByRole('button', { name: 'Move it to edition 2' }).click()
  await page.getByText('It is on edition 2 now.').waitFor()
  expect((await desk.served.done('GET', '/v1/licenses/acme-standard')).edition).toBe(2)
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('It was undone.').waitFor()
  expect((await desk.served.done('GET', '/v1/licenses/acme-standard')).edition).toBe(1)
})

test('what is held back of a licence is on its page', async () => {
  const { key } = await desk.served.appKey()
  const asked = {
    identity: 'gina',
    organization: 'globex',
    feature: 'atlas:api.call',
    context: { country: 'DE' },
    id: 'night-run',
    amount: 70,
  }
  const { reservation } = await desk.served.done('POST', '/v1/reservations', asked, key)
  expect(reservation.state).toBe('open')
  const page = await open('licenses/globex-enterprise')
  await page.getByText(/^70 of /).waitFor()
  await page.getByText('night-run').waitFor()
})

test('all licences of an edition are moved, after who is concerned was shown, and who cannot go is named', async () => {
  const page = await open('terms?view=editions&before=1')
  await page.getByRole('heading', { name: 'Who would move to edition 2' }).waitFor()
  await page.getByText(/standard: 3 licences of 3 organizations/).waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: /^Move \d licences to edition 2$/ }).click()
  const dialog = page.getByRole('dialog')
  expect(await dialog.innerText()).toMatch(/\d licences move from edition 1 to 2 of atlas, and with them \d+ people/)
  await dialog.getByRole('textbox').fill('atlas')
  await page.keyboard.press('Enter')
  await page.getByText(/^\d licences moved to edition 2\./).waitFor()
  await settled(page)
  const { plans } = await desk.served.done('GET', '/v1/license-summary?product=atlas')
  expect(plans.filter(({ edition }: { edition: number }) => edition === 1)).toEqual([])
})

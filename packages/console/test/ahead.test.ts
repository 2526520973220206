import { expect, test } from 'vitest'
import { bench, heldIsMeant, PHONE, says, settled, violations } from './kit.ts'

const desk = bench()
const { open } = desk

test('a deed that takes from many asks, over whatever page it came from, with whom; Escape leaves all as it was', async () => {
  const page = await open('licenses/acme-standard')
  const begin = async () => {
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Say that a payment is missing' }).click()
  }
  await begin()
  const dialog = page.getByRole('dialog', { name: /\d+ people or services lose access/ })
  await dialog.getByText(/of acme as analyst/).waitFor()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByText(/it was not confirmed/).waitFor()
  expect((await desk.served.done('GET', '/v1/licenses/acme-standard')).past_due_since).toBeUndefined()
  await begin()
  await dialog.getByRole('button', { name: 'Take it from them' }).click()
  await page.getByText('A payment is missing: the grace for payment runs.').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('It was undone.').waitFor()
  expect((await desk.served.done('GET', '/v1/licenses/acme-standard')).past_due_since).toBeUndefined()
  heldIsMeant(desk)
})

test('what time alone takes is on the overview, in people and with the day', async () => {
  const page = await open('')
  await page.getByText(/By time alone, \d+ people or services lose something/).waitFor()
  await page.getByText('Who, and what').click()
  await page.getByText(/of acme as analyst/).waitFor()
})

test('what an unattended key asked for waits on the overview, is looked at, and confirmed or discarded by a person', async () => {
  const { done } = desk.served
  const { key } = await done('POST', '/v1/api-keys', { name: 'billing', scopes: ['manage:licenses'], unattended: true })
  const park = () => done('POST', '/v1/licenses/acme-standard/suspend', undefined, key)
  await expect(park()).rejects.toThrow(/CHANGE_PARKED/)
  const page = await open('')
  await page.getByRole('link', { name: 'Overview, 1 waiting for somebody to confirm' }).waitFor()
  await page.getByRole('heading', { name: '1 change waits for somebody to confirm' }).waitFor()
  await page.setViewportSize(PHONE)
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Discard Suspend license acme-standard' }).click()
  await page.getByRole('button', { name: 'Discard it' }).click()
  await page.getByText('It is discarded. Nothing was changed.').waitFor()
  await expect.poll(() => page.getByRole('heading', { name: /for somebody to confirm/ }).count()).toBe(0)

  await expect(park()).rejects.toThrow(/CHANGE_PARKED/)
  await page.reload()
  await settled(page)
  await page.getByRole('button', { name: 'Look and confirm Suspend license acme-standard' }).click()
  await page
    .getByRole('dialog')
    .getByText(/of acme as analyst/)
    .waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Confirm it: it is done now' }).click()
  await page.getByText('It is confirmed, and done.').waitFor()
  expect((await done('GET', '/v1/licenses/acme-standard')).suspended).toBe(true)
  await done('POST', '/v1/licenses/acme-standard/resume')
})

test('devices of a licence: a copy is told with what to do, one is released, and the rules are changed', async () => {
  const { done } = desk.served
  const page = await open('licenses/globex-enterprise')
  await page.getByText(/1 device of this licence was copied/).waitFor()
  await page.getByText('2 of 3 places taken').waitFor()
  const devices = page.getByRole('table', { name: 'Devices' })
  await devices.getByRole('button', { name: 'Till at the gate' }).click()
  await page.getByRole('button', { name: 'Release Till at the gate' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Type Till at the gate to go on').fill('Till at the gate')
  await page.keyboard.press('Enter')
  await page.getByText('1 of 3 places taken').waitFor()
  await page.getByRole('button', { name: 'Change the rules of devices' }).click()
  await dialog.getByLabel('Devices at a time').fill('5')
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.getByText('1 of 5 places taken').waitFor()
  expect(await done('GET', '/v1/licenses/globex-enterprise/activation-rules')).toMatchObject({ most: 5, self_releases: 3 })
})

test('a lease stands there with who has it, and is ended by force', async () => {
  const { key } = await desk.served.appKey()
  await desk.served.done(
    'POST',
    '/v1/leases',
    { id: 'till-1', license: 'acme-standard', feature: 'report.export', units: 4, seconds: 3600 },
    key,
  )
  const page = await open('licenses/acme-standard')
  await page.getByText(/^4 for report\.export, 0 of them spent/).waitFor()
  await page.getByRole('button', { name: 'End the lease till-1' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'End the lease till-1' }).click()
  await page.getByText('Being given back').waitFor()
  const { items } = await desk.served.done('GET', '/v1/leases?license=acme-standard')
  expect(items.map(({ state }: { state: string }) => state)).toEqual(['ended'])
})

test('who follows the changes is on the page of credentials, until it goes away', async () => {
  const page = await open('credentials')
  await page.getByText(/None follows this node now/).waitFor()
  const { key } = await desk.served.done('POST', '/v1/api-keys', { name: 'Gateway', scopes: ['decide'] })
  const { body } = await fetch(`${desk.served.url}/v1/changes`, { headers: { authorization: `Bearer ${key}` } })
  // An answer that nobody holds on to is closed with the next collection of garbage.
  const following = body?.getReader()
  const connected = page.getByRole('table', { name: 'Connected enforcers' })
  await connected.getByText('Has all').waitFor()
  expect(await connected.innerText()).toContain('Gateway')
  expect(await violations(page)).toEqual([])
  await says(page, /keys are live/)
  await following?.cancel()
  await page.getByText(/None follows this node now/).waitFor()
})

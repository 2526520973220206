import type { Route } from 'playwright'
import { expect, test } from 'vitest'
import { activate } from './device.ts'
import { bench, heldIsMeant, PHONE, says, settled, violations, WIDE } from './kit.ts'

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

  // As of a batch of a move that takes more by itself than the whole of it.
  let losing = 0
  const asOfBatch = async (route: Route) => {
    const response = await route.fetch()
    const held = await response.json()
    losing = held.impact.losing + 1
    await route.fulfill({ response, json: { ...held, meanwhile: held.impact, losing } })
  }
  await page.route('**/v1/licenses/acme-standard/past-due*', asOfBatch, { times: 1 })
  await begin()
  await dialog.getByText(/^That is all of it\. What is done now takes more by itself/).waitFor()
  await dialog.getByRole('heading', { name: `${losing} people or services lose access` }).waitFor()
  expect(await dialog.getByText(/of acme as analyst/).count()).toBe(2)
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
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

test('devices of a licence: a copy is told with what to do, two are released and their shares freed, and the rules are changed', async () => {
  const { done } = desk.served
  await activate(desk.served, { license: 'globex-enterprise', name: 'Van' })
  const freed = async () => {
    const { items } = await done('GET', '/v1/audit?subject=license:globex-enterprise&action=activation.release')
    return items.map(({ detail }: { detail: { name: string; freed?: object } }) => [detail.name, detail.freed])
  }
  const page = await open('licenses/globex-enterprise')
  await page.getByText(/1 device of this licence was copied/).waitFor()
  await page.getByText('3 of 3 places taken').waitFor()
  const devices = page.getByRole('table', { name: 'Devices' })
  await devices.getByRole('button', { name: 'Till at the gate' }).click()
  await page.getByRole('button', { name: 'Release Till at the gate' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Type Till at the gate to go on').fill('Till at the gate')
  await page.keyboard.press('Enter')
  await page.getByText('2 of 3 places taken').waitFor()
  // Known to be gone only afterwards.
  await page.getByRole('button', { name: 'Free the share of Till at the gate' }).press('Enter')
  await dialog.getByText(/1 seat may be used twice/).waitFor()
  await dialog.getByLabel('Type Till at the gate to go on').fill('Till at the gate')
  await page.keyboard.press('Enter')
  await page.getByText('The share of Till at the gate is free.').waitFor()
  // And one known to be gone at once, by the keyboard alone.
  await devices.getByRole('button', { name: 'Van' }).press('Enter')
  await page.getByRole('button', { name: 'Release Van' }).press('Enter')
  const typed = dialog.getByLabel('Type Van to go on')
  await expect.poll(() => typed.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Space')
  expect(await dialog.getByLabel('It is gone: free its share now').isChecked()).toBe(true)
  await dialog.getByText(/1 seat may be used twice/).waitFor()
  expect(await violations(page)).toEqual([])
  const release = dialog.getByRole('button', { name: 'Release Van and free its share' })
  expect(await release.isDisabled()).toBe(true)
  await typed.fill('Van')
  await release.press('Enter')
  await page.getByText('1 of 3 places taken').waitFor()
  expect(await freed()).toEqual([
    ['Van', { seats: 1, units: 0 }],
    ['Till at the gate', { seats: 1, units: 0 }],
    ['Till at the gate', undefined],
  ])
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

test('an edition is rolled out on the page of its product: what would differ, a share of the licences, and back', async () => {
  const { done } = desk.served
  const lagoon = (includes: object) =>
    JSON.stringify({ terms: 1, product: 'lagoon', features: { dive: {}, row: {} }, roles: { guest: ['*'] }, plans: { day: { includes } } })
  await done('POST', '/v1/products/lagoon/editions', { terms: lagoon({ dive: {}, row: {} }) })
  await done('PUT', '/v1/identities/sol/memberships/solo', { roles: ['admin', 'guest'] })
  await done('POST', '/v1/licenses', { id: 'solo-lagoon', product: 'lagoon', plan: 'day', organization: 'solo' })
  await done('POST', '/v1/products/lagoon/editions', { terms: lagoon({ dive: {} }), staged: true })
  const page = await open('terms?product=lagoon&view=editions')
  await page.getByRole('button', { name: 'Roll edition 2 out' }).click()
  await page.getByRole('button', { name: 'Begin to compare' }).click()
  await page.getByText('Decisions are compared from now on.').waitFor()
  expect((await done('POST', '/v1/check', { identity: 'sol', feature: 'lagoon:row' })).allowed).toBe(true)
  await page.getByRole('row', { name: /is allowed, would be refused allowed not_entitled 1 1/ }).waitFor()
  expect(await violations(page)).toEqual([])

  await page.getByRole('button', { name: 'Move a share' }).click()
  await page.getByLabel('Percent of the licences').fill('100')
  const dialog = page.getByRole('dialog')
  await dialog
    .getByText(/1 person or service loses something/)
    .first()
    .waitFor()
  expect(await violations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Move 100 %' }).click()
  await page.getByText('100 % of the licences move to edition 2.').waitFor()
  await page.getByText(/1 on it, 0 not/).waitFor()
  expect((await done('GET', '/v1/licenses/solo-lagoon')).edition).toBe(2)

  await page.getByRole('button', { name: 'Roll back' }).click()
  await dialog
    .getByText(/1 person or service gains something/)
    .first()
    .waitFor()
  await dialog.getByRole('button', { name: 'Roll edition 2 back' }).click()
  await page.getByText('Those that it moved go back to where they came from.').waitFor()
  await page.getByText(/0 on it, 1 not/).waitFor()
  expect((await done('GET', '/v1/licenses/solo-lagoon')).edition).toBe(1)
  heldIsMeant(desk)
})

test('terms that name who signs them are asked for, read in consequences and in prose, refused with a reason, and published by the last', async () => {
  const { done } = desk.served
  const member = async (id: string, role: string): Promise<string> => {
    await done('POST', '/v1/identities', { id, name: id, in: { writ: [role] } })
    return (await done('POST', '/v1/api-keys', { name: id, scopes: ['manage:*'], identity: id })).key
  }
  const keys = { lea: await member('lea', 'legal'), fin: await member('fin', 'finance') }
  await done('PATCH', '/v1/identities/ben', { factors: ['password'] })
  const { source } = await done('GET', '/v1/products/atlas/editions/2')
  const terms = source
    .replace('dashboard.view: { title: View dashboards', 'dashboard.view: { assurance: otp, title: View dashboards')
    .concat('publish: { signed_off_by: [legal, finance] }\n')
  expect(terms).toContain('assurance: otp, title: View dashboards')

  // Whoever asks for it writes it in the editor, and is told who signs.
  const asker = await open('terms')
  await asker.evaluate((text) => sessionStorage.setItem('writ-draft-atlas', text), terms)
  await asker.goto(`${desk.served.url}/console/terms?view=edit`)
  await settled(asker)
  await asker
    .getByText(/could not prove otp/)
    .first()
    .waitFor()
  await asker.getByRole('button', { name: 'Ask for the sign-offs of edition 3' }).click()
  await asker.waitForURL('**publication=pub_**')
  await asker.getByText(/You asked for it: others sign it off\./).waitFor()
  expect(await asker.getByRole('button', { name: /^Sign off/ }).count()).toBe(0)

  const lea = await open('terms?view=sign-offs', { key: keys.lea })
  await lea.getByText('You can sign it as legal.').waitFor()
  expect(await violations(lea)).toEqual([])
  await lea.getByRole('link', { name: 'Atlas Analytics, the edition after 2' }).press('Enter')
  await lea.getByRole('heading', { name: 'What it comes to' }).waitFor()
  await lea
    .getByText(/person or service on standard could not prove otp|people or services on standard could not prove otp/)
    .first()
    .waitFor()
  const prose = lea.getByRole('article', { name: 'The contract: Atlas Analytics' })
  await prose.getByRole('heading', { name: '1. What this is' }).waitFor()
  await prose.getByText(/is published once it is signed off by each of these: finance and legal/).waitFor()
  for (const viewport of [PHONE, WIDE]) {
    await lea.setViewportSize(viewport)
    expect(await violations(lea)).toEqual([])
    expect(await lea.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0)
  }
  await lea.getByRole('button', { name: 'Refuse as legal' }).press('Enter')
  const dialog = lea.getByRole('dialog')
  const refusing = dialog.getByRole('button', { name: 'Refuse as legal' })
  await refusing.waitFor()
  expect(await refusing.isDisabled()).toBe(true)
  await dialog.getByLabel('What is wrong with it').fill('The notice period is missing.')
  expect(await violations(lea)).toEqual([])
  await refusing.press('Enter')
  await lea.getByText('It is refused, and waits no longer.').waitFor()
  await lea.getByText(/The notice period is missing\./).waitFor()
  expect((await done('GET', '/v1/products/atlas')).newest_edition).toBe(2)

  // Asked for anew it is signed by both.
  const { publication } = await done('POST', '/v1/products/atlas/editions', { terms })
  await lea.goto(`${desk.served.url}/console/terms?product=atlas&view=sign-offs&publication=${publication.id}`)
  await lea.getByRole('button', { name: 'Sign off as legal' }).press('Enter')
  await dialog.getByText(publication.hash).waitFor()
  await dialog.getByRole('button', { name: 'Sign off as legal' }).press('Enter')
  await lea.getByText('It is signed off, and waits for finance.').waitFor()
  await lea.getByText(/You signed it off\./).waitFor()

  await asker.goto(`${desk.served.url}/console/`)
  await asker.getByRole('heading', { name: '1 edition waits for sign-offs' }).waitFor()
  await asker.getByText(/It waits for finance\./).waitFor()

  const fin = await open(`terms?product=atlas&view=sign-offs&publication=${publication.id}`, { key: keys.fin })
  await fin.getByRole('button', { name: 'Sign off as finance' }).press('Enter')
  await fin.getByText(/You are the last: it is published at once\./).waitFor()
  await fin.getByRole('dialog').getByRole('button', { name: 'Sign off as finance' }).press('Enter')
  await fin.getByText('Edition 3 of Atlas Analytics is published.').waitFor()
  await fin.getByRole('list', { name: 'Who signs it off' }).getByText('fin', { exact: true }).waitFor()
  const { hash, edition } = await done('GET', '/v1/products/atlas/editions/3')
  expect([hash, edition]).toEqual([publication.hash, 3])
})

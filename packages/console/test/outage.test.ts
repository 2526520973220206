import { serve } from '@writ/testing/served'
import { expect, test } from 'vitest'
import { bench, says, settled, violations } from './kit.ts'

const desk = bench()
const { open } = desk

/** What a browser says by itself of every request that nobody answers. */
const refused = (text: string) => /ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED/.test(text)

test('a browser that thinks it has no network asks all the same: the authority may be on this machine', async () => {
  const page = await open('organizations/acme')
  // As it says when the last interface but the loopback goes down.
  await page.evaluate(() => window.dispatchEvent(new Event('offline')))
  await page.getByRole('button', { name: 'Add a person' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill('On The Train')
  await dialog.getByRole('button', { name: 'Add it' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByRole('table', { name: 'People' }).getByRole('link', { name: 'On The Train' }).waitFor()
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Audit', exact: true }).click()
  await says(page, /^Everything that was done/)
  await page.getByRole('button', { name: 'Identity created' }).first().waitFor()
})

test('while the authority is away every page says so and keeps what it has, and goes on by itself when it is back', async () => {
  const page = await open('organizations/acme')
  const people = page.getByRole('table', { name: 'People' })
  await people.getByRole('link', { name: 'Ann Abara' }).waitFor()
  // The code of the other pages comes when there is nothing else to do.
  await page.waitForFunction(() => performance.getEntriesByType('resource').filter(({ name }) => /settings-.*\.js$/.test(name)).length > 0)
  await page.waitForLoadState('networkidle')
  const { port } = new URL(desk.served.url)
  await desk.served.stop()

  const outage = page.getByRole('alert').filter({ hasText: 'The authority does not answer since' })
  await outage.waitFor()
  await people.getByRole('link', { name: 'Ann Abara' }).waitFor()
  await says(page, /^Acme Logistics is on standard until/)
  expect(await violations(page)).toEqual([])

  // A form that is sent now says what happened and keeps what was typed.
  await page.getByRole('button', { name: 'Add a person' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill('Late Comer')
  await dialog.getByRole('button', { name: 'Add it' }).click()
  await dialog.getByText(/^UNREACHABLE/).waitFor()
  expect(await dialog.getByLabel('Name', { exact: true }).inputValue()).toBe('Late Comer')

  await page.keyboard.press('Escape')
  const rail = page.getByRole('navigation', { name: 'Pages' })
  for (const name of ['Overview', 'Organizations', 'Identities', 'Terms', 'Audit', 'Credentials', 'Settings', 'Licenses']) {
    await rail.getByRole('link', { name, exact: true }).click()
    await page.getByRole('heading', { level: 1, name: new RegExp(name) }).waitFor()
    await outage.waitFor()
    await page.getByRole('alert').filter({ hasText: 'UNREACHABLE' }).first().waitFor()
  }
  expect(page.url()).toBe(`${desk.served.url}/console/licenses`)

  desk.served = await serve(desk.folder, Number(port))
  await page.getByText('The authority answers again. What you see is read anew.').waitFor()
  await page.getByRole('table', { name: 'Licenses' }).getByRole('link', { name: 'acme-standard' }).waitFor()
  await settled(page)
  expect(await page.getByRole('alert').count()).toBe(0)
  desk.complaints = desk.complaints.filter((text) => !refused(text))
})

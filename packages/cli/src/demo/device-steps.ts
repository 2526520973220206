import { join } from 'node:path'
import { answer, oneTime } from '@writ/client'
import type { WireDecision } from '@writ/engine'
import { type Device, openDevice } from '@writ/sdk/offline/node'
import { heard } from './live-steps.ts'
import type { Tour } from './tour.ts'

/** A device of a customer: its file is of use nowhere else, and hears by a status list that it ended. */
export async function deviceSteps(tour: Tour): Promise<void> {
  const { narrator, server, vendor, licenses } = tour
  const { issuer, root: key } = await answer(vendor.GET('/.well-known/writ-keys', {}))
  const open = (name: string) =>
    openDevice({ folder: join(server.folder, name), roots: [{ issuer, key }], url: server.url, seal: 'the demo' })
  const device = await open('device')
  const other = await open('other-device')
  try {
    await narrator.step('A device is activated: its file is bound to a key that never leaves it', async () => {
      const params = { path: { id: licenses.globex } }
      const { key: licenseKey } = await answer(vendor.POST('/v1/licenses/{id}/keys', { params, headers: oneTime() }))
      const { id } = await device.activate({ licenseKey, name: "gina's laptop" })
      narrator.say(`${id}, with the key ${device.key}`)
      const writ = await device.open()
      writ.vouch({ id: 'gina', roles: ['admin'] })
      const said = (await writ.check(viewing)) as unknown as WireDecision
      narrator.answer('gina views a dashboard, with no network', said, { allowed: true })
      for (const sentence of writ.explain()?.sentences.slice(0, 2) ?? []) narrator.say(sentence)
    })
    await narrator.step('Its file on another device', () => elsewhere(tour, device, other))
    await narrator.step('A list that was carried in says that the licence is suspended', () => listed(tour, device))
  } finally {
    device.close()
    other.close()
  }
}

const viewing = { identity: 'gina', feature: 'atlas:dashboard.view' }

async function elsewhere({ narrator }: Tour, device: Device, other: Device): Promise<void> {
  const refused = await other.install(device.licenseFile ?? '').then(
    () => 'taken',
    (error: { code: string; details?: { code?: string } }) => error.details?.code ?? error.code,
  )
  narrator.holds(`refused: ${refused}`, refused === 'DEVICE_MISMATCH')
}

async function listed({ narrator, vendor, licenses }: Tour, device: Device): Promise<void> {
  const params = { path: { id: licenses.globex } }
  const writ = await device.open()
  writ.vouch({ id: 'gina', roles: ['admin'] })
  await answer(vendor.POST('/v1/licenses/{id}/suspend', { params, headers: oneTime() }))
  const reason = async () => (await writ.check(viewing)).reason
  narrator.holds('the device has not heard of it yet', (await reason()) === undefined)
  // Signed once a second at the most, however often it is asked for.
  const isHeard = await heard(async () => {
    await writ.refreshStatus()
    return (await reason()) === 'license_suspended'
  })
  narrator.holds('with the list: refused, license_suspended', isHeard)
  await answer(vendor.POST('/v1/licenses/{id}/resume', { params, headers: oneTime() }))
}

import { expect, test } from 'vitest'
import { atLeast, hashed } from './fingerprint.ts'
import { containerOf, isVirtualMachine, readMachine } from './machine.ts'

const files = (found: Record<string, string>) => (path: string) => found[path]

const containers: { name: string; found?: Record<string, string>; env?: Record<string, string>; want: string | undefined }[] = [
  { name: 'a machine', found: { '/proc/1/cgroup': '0::/init.scope' }, want: undefined },
  { name: 'Docker by its mark', found: { '/.dockerenv': '' }, want: 'docker' },
  {
    name: 'Docker by its mounts',
    found: { '/proc/self/mountinfo': '1 2 0:3 / / rw - overlay overlay /var/lib/docker/overlay2' },
    want: 'docker',
  },
  { name: 'Podman', found: { '/run/.containerenv': '' }, want: 'podman' },
  { name: 'Kubernetes by its service', env: { KUBERNETES_SERVICE_HOST: '10.0.0.1' }, want: 'kubernetes' },
  { name: 'Kubernetes by its groups', found: { '/proc/1/cgroup': '0::/kubepods/besteffort/pod1' }, want: 'kubernetes' },
  { name: 'LXC', found: { '/proc/1/cgroup': '1:name=systemd:/lxc/web' }, want: 'lxc' },
  { name: 'another', env: { container: 'oci' }, want: 'other' },
]
for (const { name, found = {}, env = {}, want } of containers)
  test(`what it runs in: ${name}`, () => expect(containerOf(files(found), env)).toBe(want))

test('a virtual machine is told from a real one', () => {
  expect(isVirtualMachine(files({ '/sys/class/dmi/id/sys_vendor': 'QEMU\n' }))).toBe(true)
  expect(isVirtualMachine(files({ '/proc/cpuinfo': 'flags\t\t: fpu hypervisor sse\n' }))).toBe(true)
  expect(isVirtualMachine(files({ '/sys/class/dmi/id/sys_vendor': 'LENOVO\n', '/proc/cpuinfo': 'flags : fpu sse\n' }))).toBe(false)
})

test('this machine is read alike twice, and in a container only when it is asked for', () => {
  const used = readMachine({ inContainer: 'use' })
  expect(readMachine({ inContainer: 'use' })).toEqual(used)
  expect(Object.keys(used.components)).toContain('cpu')
  const plain = readMachine()
  expect(plain.components).toEqual(plain.container === undefined ? used.components : {})
  expect(plain.advice === undefined).toBe(plain.container === undefined && !plain.isVirtual)
})

test('how many components must be found again', async () => {
  const counts = [1, 2, 3, 4, 5]
  expect(counts.map((n) => atLeast('any', n))).toEqual([1, 1, 1, 1, 1])
  expect(counts.map((n) => atLeast('two', n))).toEqual([1, 2, 2, 2, 2])
  expect(counts.map((n) => atLeast('most', n))).toEqual([1, 2, 2, 3, 3])
  expect(counts.map((n) => atLeast('all', n))).toEqual(counts)
  const one = await hashed('L1', { cpu: 'a', disk: 'b' })
  expect(one).toHaveLength(2)
  expect(await hashed('L1', { disk: 'b', cpu: 'a' })).toEqual(one)
  expect(await hashed('L2', { cpu: 'a', disk: 'b' })).not.toEqual(one)
})

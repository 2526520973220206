import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { cpus, networkInterfaces, platform } from 'node:os'
import type { Components } from './fingerprint.ts'

/** What this process runs on. */
export interface Machine {
  /** For `components` of a device. None in a container: what is found there is another one after the next start. */
  readonly components: Components
  readonly container?: 'docker' | 'podman' | 'kubernetes' | 'lxc' | 'other'
  /** A virtual machine: what it is made of goes with its image, and changes when it moves. */
  readonly isVirtual: boolean
  /** What to do about it; absent: nothing. */
  readonly advice?: string
}

export interface ReadMachineOptions {
  /** Takes what is found in a container all the same. */
  readonly inContainer?: 'use'
}

const IN_CONTAINER =
  'In a container hardware says nothing: keep the folder of the device on a volume, or give `signer` a key that the platform keeps, and bind to the key alone.'
const IN_VM = 'In a virtual machine hardware goes with the image: bind to the key, and to components with `any` or `two` at most.'

/** Finds what a fingerprint can be made of, without anything native and without rights of its own. Looks at files and, but on Linux, at one command. */
export function readMachine({ inContainer }: ReadMachineOptions = {}): Machine {
  const container = containerOf(readText)
  const isVirtual = platform() === 'linux' && isVirtualMachine(readText)
  const components = container === undefined || inContainer === 'use' ? read() : {}
  const advice = container !== undefined ? IN_CONTAINER : isVirtual ? IN_VM : undefined
  return { components, ...(container !== undefined && { container }), isVirtual, ...(advice !== undefined && { advice }) }
}

type Read = (path: string) => string | undefined

export function containerOf(read: Read, env: NodeJS.ProcessEnv = process.env): Machine['container'] {
  if (env.KUBERNETES_SERVICE_HOST !== undefined) return 'kubernetes'
  const groups = `${read('/proc/1/cgroup') ?? ''}\n${read('/proc/self/mountinfo') ?? ''}`
  if (/kubepods|\/kubelet\//.test(groups)) return 'kubernetes'
  if (read('/.dockerenv') !== undefined || /\/docker[/-]|\/containerd\//.test(groups)) return 'docker'
  if (read('/run/.containerenv') !== undefined || /libpod|\/containers\/storage\//.test(groups)) return 'podman'
  if (/\/lxc[/.]/.test(groups) || env.container === 'lxc') return 'lxc'
  return env.container === undefined && read('/run/systemd/container') === undefined ? undefined : 'other'
}

export function isVirtualMachine(read: Read): boolean {
  const said = ['sys_vendor', 'product_name', 'bios_vendor'].map((name) => read(`/sys/class/dmi/id/${name}`) ?? '').join('\n')
  if (/QEMU|KVM|VMware|VirtualBox|innotek|Xen|Bochs|Parallels|Amazon EC2|Google Compute|Virtual Machine|OpenStack|Hyper-V/i.test(said))
    return true
  return /^flags\s*:.*\bhypervisor\b/m.test(read('/proc/cpuinfo') ?? '')
}

function read(): Components {
  const own = platform() === 'darwin' ? mac() : platform() === 'win32' ? windows() : linux()
  const [cpu] = cpus()
  return told({ ...own, cpu: cpu && `${cpu.model} x${cpus().length}`, network: hardwareAddresses() })
}

function linux(): Record<string, string | undefined> {
  return {
    machine: readText('/etc/machine-id') ?? readText('/var/lib/dbus/machine-id'),
    // Most systems show these to root alone: then they are not part of it.
    board: readText('/sys/class/dmi/id/product_uuid'),
    disk: disks('/dev/disk/by-id'),
  }
}

function mac(): Record<string, string | undefined> {
  const said = outputOf('/usr/sbin/ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice'])
  const of = (name: string) => new RegExp(`"${name}" = "([^"]+)"`).exec(said)?.[1]
  return { machine: of('IOPlatformUUID'), board: of('IOPlatformSerialNumber') }
}

function windows(): Record<string, string | undefined> {
  const root = process.env.SystemRoot ?? 'C:\\Windows'
  const said = outputOf(`${root}\\System32\\reg.exe`, ['query', 'HKLM\\SOFTWARE\\Microsoft\\Cryptography', '/v', 'MachineGuid', '/reg:64'])
  return { machine: /MachineGuid\s+REG_SZ\s+(\S+)/.exec(said)?.[1] }
}

/** Those that were burnt in: one that is made up, as for a bridge or for privacy, has the second bit set (IEEE 802). */
function hardwareAddresses(): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const burnt = all.filter(
    ({ internal, mac }) => !internal && mac !== '00:00:00:00:00:00' && (Number.parseInt(mac.slice(0, 2), 16) & 2) === 0,
  )
  const [first] = [...new Set(burnt.map(({ mac }) => mac))].sort()
  return first
}

function disks(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined
  const [first] = readdirSync(folder)
    .filter((name) => /^(ata|nvme|scsi|wwn)-/.test(name) && !/-part\d+$/.test(name))
    .sort()
  return first
}

function told(found: Readonly<Record<string, string | undefined>>): Components {
  const known = Object.entries(found).map(([name, value]) => [name, value?.trim()] as const)
  return Object.fromEntries(known.filter((each): each is readonly [string, string] => each[1] !== undefined && each[1] !== ''))
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function outputOf(file: string, args: readonly string[]): string {
  try {
    return execFileSync(file, args, { encoding: 'utf8', timeout: 5_000, stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return ''
  }
}

/** Preloaded by `--import`: this process opens no socket, asks no name server and fetches nothing, whatever it is given. */
import dgram from 'node:dgram'
import dns from 'node:dns'
import net from 'node:net'

const refuse = (): never => {
  throw Object.assign(new Error('this process has no network'), { code: 'ENETDOWN' })
}
net.Socket.prototype.connect = refuse
net.Server.prototype.listen = refuse
dgram.Socket.prototype.send = refuse
dgram.Socket.prototype.bind = refuse
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6'] as const) Object.assign(dns, { [name]: refuse })
Object.assign(dns.promises, { lookup: refuse, resolve: refuse })
globalThis.fetch = refuse

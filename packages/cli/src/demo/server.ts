import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeLog, type Running, start } from '@writ/authority'
import { consoleFolder } from '@writ/console/built'

export interface DemoServer {
  readonly url: string
  /** Holds an administrator's key, 0600. */
  readonly keyFile: string
  readonly key: string
  /** For what the tour writes; gone when it ends. */
  readonly folder: string
  close(): Promise<void>
}

/** An authority on the embedded store, with everything it has in a temporary folder: it leaves nothing, and needs no home. */
export async function startDemo(wellKnownPort: boolean): Promise<DemoServer> {
  const folder = mkdtempSync(join(tmpdir(), 'writ-demo-'))
  const keyFile = join(folder, 'admin.key')
  const clean = () => rmSync(folder, { recursive: true, force: true })
  try {
    const running = await start({
      config: {
        listen: { host: '127.0.0.1', port: wellKnownPort && (await isFree(PORT)) ? PORT : 0 },
        database: { kind: 'folder', path: join(folder, 'data') },
        masterKeyFile: join(folder, 'keys', 'master.key'),
        configHome: folder,
      },
      log: makeLog('error'),
      bootstrapKeyFile: keyFile,
      consoleFolder,
    })
    return { url: running.url, keyFile, key: readFileSync(keyFile, 'utf8').trim(), folder, close: () => end(running, clean) }
  } catch (error) {
    clean()
    throw error
  }
}

const PORT = 7070

async function end(running: Running, clean: () => void): Promise<void> {
  await running.close()
  clean()
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

import { join } from 'node:path'

/** Where `npm run console:build` writes the console, for whoever starts an authority that serves it. */
export const consoleFolder: string = join(import.meta.dirname, '..', 'dist')

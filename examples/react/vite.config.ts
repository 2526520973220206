import { defineConfig } from 'vite'

/** The back end of the page, such as `examples/express.ts`. Who it is, your own sign-in has proven there; here it is a header, for the example. */
const target = process.env.APP_URL ?? 'http://127.0.0.1:3000'
const backEnd = { target, headers: { 'x-user': process.env.APP_USER ?? 'ann' } }

export default defineConfig({
  cacheDir: '../../.cache/vite-example',
  server: { host: '127.0.0.1', proxy: { '/entitlements': backEnd, '/reports': backEnd } },
})

import { gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Beside each script and style the same compressed, so that the authority compresses nothing while it serves. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    generateBundle: {
      order: 'post', // after the last that writes into a chunk
      handler(_options, bundle) {
        for (const [fileName, part] of Object.entries(bundle)) {
          if (!/\.(js|css|svg)$/.test(fileName)) continue
          const source = gzipSync(part.type === 'chunk' ? part.code : part.source, { level: 9 })
          this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source })
        }
      },
    },
  }
}

export default defineConfig({
  base: '/console/',
  plugins: [react(), compressed()],
  // The authority puts the nonce of each answer in its place.
  html: { cspNonce: '__WRIT_NONCE__' },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0, // a data: URL would need a hole in the policy
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_000,
  },
})

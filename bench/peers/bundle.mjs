#!/usr/bin/env node
// Bundles the peer into one module: its files import one another without extensions, which Node refuses.
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { BUNDLE } from './paths.mjs'

await build({
  root: import.meta.dirname,
  configFile: false,
  logLevel: 'warn',
  build: {
    outDir: dirname(BUNDLE),
    emptyOutDir: false,
    minify: false,
    target: 'node20',
    lib: {
      entry: fileURLToPath(import.meta.resolve('@ngrok/webernetes')),
      formats: ['es'],
      fileName: () => basename(BUNDLE),
    },
  },
})

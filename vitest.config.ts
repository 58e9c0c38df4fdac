import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    alias: {
      'podwright/fuzz': fileURLToPath(new URL('./src/fuzz/index.ts', import.meta.url)),
      'podwright/vitest': fileURLToPath(new URL('./src/vitest/index.ts', import.meta.url)),
      podwright: fileURLToPath(new URL('./src/index.ts', import.meta.url)),
    },
  },
  test: {
    include: ['test/**/*.test.ts', 'specs/**/*.spec.ts'],
    setupFiles: ['test/setup.ts'],
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 20_000,
    coverage: { include: ['src/**/*.ts'], reporter: ['text-summary', 'html'] },
  },
})

// Bundles the command line into dist/bin: Node's loader takes longer over three hundred small files than the program
// takes for a small run. The library stays as tsc wrote it; packages stay outside the bundle.
import { chmodSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'

const dist = join(import.meta.dirname, '..', 'dist')
const bin = join(dist, 'bin')

rmSync(bin, { recursive: true, force: true })
const bundle = await rolldown({
  input: { podwright: join(dist, 'cli', 'main.js') },
  external: [/^node:/, /^(commander|picocolors|ts-pattern|valibot|yaml)(\/|$)/],
  platform: 'node',
})
await bundle.write({ dir: bin, format: 'esm' })
await bundle.close()
chmodSync(join(bin, 'podwright.js'), 0o755)

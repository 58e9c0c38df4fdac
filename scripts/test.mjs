#!/usr/bin/env node
// `npm test`: every gate in turn, and the first failure ends it. `node scripts/test.mjs --only lint,unit` runs some.
import { spawnSync } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { parseArgs } from 'node:util'

/** name, what it proves, commands */
const STEPS = [
  ['build', 'dist/ from src/', 'npm run --silent build'],
  ['lint', 'format, lint, dead code', 'biome ci .', 'knip'],
  [
    'layers',
    'who imports whom; the core is closed',
    'depcruise --config .dependency-cruiser.mjs .',
    'node scripts/check-core.mjs',
  ],
  ['types', 'everything, and the core without Node', 'tsc -p tsconfig.json', 'tsc -p tsconfig.core.json'],
  ['docs', 'typedoc without a warning', 'typedoc --logLevel Warn'],
  [
    'package',
    'exports map and metadata',
    'publint --strict',
    'attw --pack . --profile esm-only --no-color --format ascii --no-summary --exclude-entrypoints package.json',
  ],
  ['conformance', 'score against the recordings', 'node scripts/conformance-gate.mjs'],
  [
    'unit',
    'tests, properties, specs, examples of the docs',
    'vitest run --reporter=default --reporter=./scripts/closing-line.mjs',
  ],
]

const root = join(import.meta.dirname, '..')
const { only } = parseArgs({ options: { only: { type: 'string' } } }).values
const steps = STEPS.filter(([name]) => only?.split(',').includes(name) ?? true)

const env = { ...process.env, PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter) }
if (!process.stdout.isTTY) {
  delete env.FORCE_COLOR
  env.NO_COLOR = '1'
}

for (const [index, [name, purpose, ...commands]] of steps.entries()) {
  console.log(`\n── ${index + 1}/${steps.length} ${name}: ${purpose}`)
  for (const command of commands) {
    const { status } = spawnSync(command, { cwd: root, shell: true, stdio: 'inherit', env })
    if (status === 0) continue
    console.log(`\nstopped at ${name}: ${command}`)
    process.exit(1)
  }
}

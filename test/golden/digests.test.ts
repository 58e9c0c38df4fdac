import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { simulate } from '../../src/index.js'

const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples')
const RUNS = [
  { kubernetes: '1.32' },
  { kubernetes: '1.32', seed: 1 },
  { kubernetes: '1.32', seed: 2 },
  { kubernetes: '1.31' },
  { kubernetes: '1.33' },
  { kubernetes: '1.34' },
  { kubernetes: '1.35' },
] as const

/**
 * A commit that changes a digest changes behaviour, and says so: `npx vitest run test/golden -u` takes the new digests.
 */
test('the examples give the digests they always gave', async () => {
  const lines = readdirSync(EXAMPLES)
    .filter(name => name.endsWith('.yaml'))
    .sort()
    .flatMap(name => {
      const text = readFileSync(join(EXAMPLES, name), 'utf8')
      return RUNS.map(settings => {
        const choices = 'seed' in settings ? `seed ${settings.seed}` : 'canonical'
        return `${name} ${settings.kubernetes} ${choices} ${simulate(text, settings).digest}\n`
      })
    })
  await expect(lines.join('')).toMatchFileSnapshot('digests.txt')
})

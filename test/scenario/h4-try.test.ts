import { test } from 'vitest'
import { parseScenario } from '../../src/scenario/scenario-file.js'
const head = 'apiVersion: podwright.dev/v1\nkind: Scenario\n'
test('x', () => {
  for (const [name, spec] of [
    ['numbers', `spec: { expect: [ ${'5,'.repeat(500_000)} ] }`],
    ['lines', `spec: { expect: [ ${'a,'.repeat(500_000)} ] }`],
    ['good lines', `spec: { expect: [ ${'pod web is created,'.repeat(50_000)} ] }`],
    ['behaviours', `spec: { behaviours: [ ${'"a: runs",'.repeat(100_000)} ] }`],
    ['steps', `spec: { steps: [ ${'{at: 5s, evict: a},'.repeat(50_000)} ] }`],
    ['labels', `spec: { nodes: [ {name: a, labels: { ${Array.from({ length: 80_000 }, (_, i) => `k${i}: v`).join(', ')} } } ] }`],
    ['unknown', `spec: { ${Array.from({ length: 80_000 }, (_, i) => `k${i}: v`).join(', ')} }`],
    ['tabs', `spec:\n${'\t\n'.repeat(500_000)}`],
    ['quotes', `spec: ${'"'.repeat(1_000_000)}`],
    ['deep', `spec: ${'- '.repeat(500_000)}`],
  ] as const) {
    const began = performance.now()
    const { problems } = parseScenario({ file: 's.yaml', text: head + spec })
    console.log(name, Math.round(performance.now() - began), problems.length, problems[0]?.message.slice(0, 150))
  }
}, 600_000)

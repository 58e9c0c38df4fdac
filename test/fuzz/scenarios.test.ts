import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { planDigest } from '../../src/cluster/index.js'
import { planOf, scenarios } from '../../src/fuzz/index.js'
import { parseScenarioDocument, printScenario } from '../../src/scenario/index.js'
import { planTexts, Runner, run } from '../../src/spec/index.js'

describe('a random scenario', () => {
  propertyTest.prop([scenarios()], { numRuns: 100 })(
    'stands in a file as it stands in memory',
    scenario => {
      const text = printScenario(scenario)
      const { plan, problems } = planTexts([{ name: 'scenario.yaml', text }])
      expect(problems).toEqual([])
      expect(planDigest(plan!)).toBe(planDigest(planOf(scenario)))
      expect(parseScenarioDocument(text, 'scenario.yaml')).toEqual(scenario)
    },
    120_000,
  )

  propertyTest.prop([scenarios(), fc.nat(999_999)], { numRuns: 150 })(
    'runs the same twice, with its rows and without, and from the recipe of its choices',
    (scenario, seed) => {
      const plan = planOf(scenario)
      const { digest, header } = run(plan, { seed })
      const runner = new Runner(plan)
      expect(runner.run({ seed }).digest).toBe(digest)
      expect(runner.run({ seed: seed + 1 }).digest).toBe(run(plan, { seed: seed + 1 }).digest)
      expect(runner.run({ seed }).digest).toBe(digest)
      const replayed = run(plan, { recipe: header.recipe })
      expect(replayed.digest).toBe(digest)
      expect(replayed.header.recipe).toBe(header.recipe)
    },
    120_000,
  )
})

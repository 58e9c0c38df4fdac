import type { Plan, ScenarioDocument } from '../scenario/index.js'
import { planDocument } from '../spec/index.js'

/**
 * Makes the plan of a scenario that stands in memory, as `podwright run` makes it of the same scenario in a file.
 *
 * @throws PodwrightError for the first thing that is wrong with the scenario.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import fc from 'fast-check'
 * import { planOf, scenarios } from 'podwright/fuzz'
 *
 * const [scenario] = fc.sample(scenarios(), { numRuns: 1, seed: 1 })
 * assert.equal(planOf(scenario).horizon, scenario.horizon)
 * ```
 */
export function planOf(scenario: ScenarioDocument): Plan {
  const { plan, problems } = planDocument(scenario, scenario.name ?? 'scenario')
  if (plan === undefined) throw problems[0]
  return plan
}

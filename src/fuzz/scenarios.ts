import type fc from 'fast-check'
import type { ScenarioDocument } from '../scenario/index.js'
import { scenarioSketch } from './scenario-sketch.js'
import { writeScenario } from './write-scenario.js'

/**
 * Draws whole scenarios: one to three pods with their containers, probes, hooks, images and references, what each of their
 * processes does, what is done to them from outside, the nodes, the Kubernetes release and the horizon. Each is valid as it stands.
 *
 * About half of what a scenario could be about is switched off in each, so that what remains meets undisturbed. A
 * counterexample shrinks to fewer pods, containers, faults and steps, and to smaller times.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import fc from 'fast-check'
 * import { run } from 'podwright'
 * import { planOf, scenarios } from 'podwright/fuzz'
 *
 * fc.assert(
 *   fc.property(scenarios(), fc.nat(), (scenario, seed) => {
 *     const plan = planOf(scenario)
 *     assert.equal(run(plan, { seed }).digest, run(plan, { seed }).digest)
 *   }),
 *   { numRuns: 20 },
 * )
 * ```
 */
export const scenarios = (): fc.Arbitrary<ScenarioDocument> => scenarioSketch().map(writeScenario)

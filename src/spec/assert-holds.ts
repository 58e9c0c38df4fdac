import { ExpectationError } from './expectation-error.js'
import { runFailure } from './failure-lines.js'
import type { ScenarioInput } from './prepared-scenario.js'
import { checkScenario, type ScenarioChoices } from './scenario.js'
import type { ScenarioRun } from './scenario-run.js'

/**
 * Runs a scenario, and throws if one of its expectations or a law does not hold: for node:test, Jest and plain scripts.
 *
 * @returns the run, for more questions.
 * @throws ExpectationError whose message is the whole report, and whose stack begins at the user's line; PodwrightError for what
 * cannot be run.
 *
 * @example
 * ```ts
 * import { assertHolds, runs, scenario } from 'podwright'
 *
 * assertHolds(
 *   scenario('a pod that runs becomes ready', s =>
 *     s
 *       .pod('web', pod => pod.container('app', runs()))
 *       .expect(({ web }) => [web.phases('Pending', 'Running'), web.ready().within('10s')]),
 *   ),
 * )
 * ```
 */
export function assertHolds(input: ScenarioInput, choices: ScenarioChoices = {}): ScenarioRun {
  const run = checkScenario(input, choices)
  if (!run.isPassed) throw failureOf(run, new Error('asserted here').stack ?? '')
  return run
}

/** The error of a run that is not passed; `stack` is that of the program's call. */
export function failureOf(run: ScenarioRun, stack: string, command?: string): ExpectationError {
  const { expectations } = run.result
  const broken = expectations.findIndex(({ verdict }) => verdict.kind !== 'holds')
  return new ExpectationError(runFailure(run, command).join('\n'), [run.scenario.words[broken]?.stack ?? '', stack])
}

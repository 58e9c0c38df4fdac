import type { RunOptions } from '../cluster/index.js'
import type { ClauseWords } from '../expect/index.js'
import { printScenario, type ScenarioBuilder, type ScenarioDocument, scenarioBuilder } from '../scenario/index.js'
import { type LiveRun, start } from './live-run.js'
import { pointing } from './pointing.js'
import { type BuiltScenario, type PreparedScenario, prepareScenario, type ScenarioInput } from './prepared-scenario.js'
import { ScenarioRun } from './scenario-run.js'

/** Says what a scenario is, on a builder that says nothing yet. */
export type BuildScenario = (s: ScenarioBuilder) => BuiltScenario

/** Choices of a run. */
export type ScenarioChoices = Pick<RunOptions, 'seed' | 'recipe' | 'entryLimit'>

/**
 * A scenario that can be run.
 *
 * @throws PodwrightError for what the builder refuses.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { crashes, runs, scenario } from 'podwright'
 *
 * const crashing = scenario('a crash is repaired', s => s.pod('web', pod => pod.container('app', crashes().after('2s'), runs())))
 * const web = crashing.run().pod('web')
 * assert.deepEqual(web.phases, ['Pending', 'Running'])
 * assert.deepEqual(web.container('app').states.slice(0, 3), ['waiting ContainerCreating', 'running', 'terminated Error'])
 * ```
 */
export const scenario = (title: string, build: BuildScenario): RunnableScenario =>
  new RunnableScenario(build(scenarioBuilder(title)), new Error('written here'))

/** A scenario that a program built. */
export class RunnableScenario implements BuiltScenario {
  readonly document: ScenarioDocument
  readonly expectations: readonly ClauseWords[]
  readonly #written: Error
  #prepared: PreparedScenario | undefined

  constructor({ document, expectations }: BuiltScenario, written: Error) {
    this.document = document
    this.expectations = expectations
    this.#written = written
  }

  /** Its title. */
  get title(): string {
    return this.document.name ?? 'scenario'
  }

  /**
   * Runs it once, watched by its expectations and the laws.
   *
   * @throws PodwrightError for a name that there is not, or a manifest that the API server would refuse.
   */
  run(choices: ScenarioChoices = {}): ScenarioRun {
    return pointing(() => new ScenarioRun(this.prepare(), choices), this.#written.stack ?? '')
  }

  /**
   * Begins a run of its plan that is driven by hand; its expectations are not judged.
   *
   * @throws PodwrightError as `run`.
   */
  start(choices: ScenarioChoices = {}): LiveRun {
    return pointing(() => start(this.prepare().plan, choices), this.#written.stack ?? '')
  }

  /** The text of a Scenario file that says the same. */
  toYaml(): string {
    return printScenario(this.document)
  }

  /** The plan, with what is expected of its run. */
  prepare(): PreparedScenario {
    this.#prepared ??= prepareScenario(
      { document: this.document, expectations: this.expectations },
      this.#written.stack ?? '',
    )
    return this.#prepared
  }
}

/**
 * Runs a scenario in any of its forms once, watched by its expectations and the laws.
 *
 * @throws PodwrightError for the first thing that is wrong with it.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { checkScenario } from 'podwright'
 *
 * const { result } = checkScenario(`
 * apiVersion: podwright.dev/v1
 * kind: Scenario
 * spec:
 *   behaviours: ["web/app: exits 0 after 5s"]
 *   expect: ["pod web goes through Pending, Running, Succeeded"]
 * ---
 * apiVersion: v1
 * kind: Pod
 * metadata: { name: web }
 * spec: { restartPolicy: Never, containers: [{ name: app, image: app:1 }] }
 * `)
 * assert.equal(result.isPassed, true)
 * ```
 */
export function checkScenario(input: ScenarioInput, choices: ScenarioChoices = {}): ScenarioRun {
  if (input instanceof RunnableScenario) return input.run(choices)
  const { stack = '' } = new Error('asked here')
  return pointing(() => new ScenarioRun(prepareScenario(input, stack), choices), stack)
}

import type { RunOptions } from '../cluster/index.js'
import { nearestWord, PodwrightError } from '../errors/index.js'
import type { ConditionStatus, PodPhase, StateWord } from '../expect/index.js'
import type { Pod } from '../model/index.js'
import { type Milliseconds, readSpan, type Span } from '../time/index.js'
import { findObject, podAt, type Trace, type TraceObject } from '../trace/index.js'
import { type CheckedExpectation, type CheckResult, checkPlan } from './check-plan.js'
import { conditionsOf, conditionTypesOf, phasesOf, statesOf } from './observed.js'
import { pointing } from './pointing.js'
import type { PreparedScenario } from './prepared-scenario.js'
import { shellWord } from './shell-word.js'
import { checkTraceFor, type StatedExpectation } from './stated-expectation.js'

/**
 * A run of a scenario that is over: its trace, what came of its expectations, and handles on its pods for matchers.
 */
export class ScenarioRun {
  readonly scenario: PreparedScenario
  /** The verdicts of the scenario's expectations, and the laws that were broken. */
  readonly result: CheckResult
  readonly #choices: RunOptions

  constructor(scenario: PreparedScenario, choices: RunOptions = {}) {
    this.scenario = scenario
    this.#choices = choices
    this.result = checkPlan(scenario, choices)
  }

  /** Title of the scenario. */
  get title(): string {
    return this.scenario.title
  }

  /** The record of everything that happened. */
  get trace(): Trace {
    return this.result.trace
  }

  /** Every expectation of the scenario holds, and no law is broken. */
  get isPassed(): boolean {
    return this.result.isPassed
  }

  /** How to run the same again: a command where files say it all, otherwise the choices that the program makes. */
  replayWords(): string {
    const { files } = this.scenario
    const { seed, recipe } = this.#choices
    if (files.length > 0) return `npx podwright replay ${files.map(shellWord).join(' ')} ${this.result.replay}`
    if (seed !== undefined) return `run({ seed: ${seed} })`
    return recipe === undefined ? 'run(), without a seed' : `run({ recipe: ${JSON.stringify(recipe)} })`
  }

  /**
   * A handle on a pod: `web`, `shop/web`, or a workload's name where it has one pod.
   *
   * @throws PodwrightError `UNKNOWN_OBJECT` with the nearest name.
   */
  pod(name: string): PodRun {
    return new PodRun(this, findObject(this.trace, name.replace(/^pods?\//, ''), 'pod'))
  }

  /**
   * Judges further expectations of this run: words, plain data, or lines of text.
   *
   * @throws PodwrightError for a name that there is not, with the nearest.
   */
  check(...expectations: readonly StatedExpectation[]): readonly CheckedExpectation[] {
    return pointing(() => expectations.flatMap(each => checkTraceFor(each, this.trace)))
  }
}

/** A pod of a run that is over. */
export class PodRun {
  readonly run: ScenarioRun
  /** `namespace/name`. */
  readonly name: string
  readonly #object: TraceObject

  constructor(run: ScenarioRun, object: TraceObject) {
    this.run = run
    this.name = `${object.namespace}/${object.name}`
    this.#object = object
  }

  /** Its name as people write it: without the namespace where that is `default`. */
  get shortName(): string {
    return this.name.replace(/^default\//, '')
  }

  /** The phases that it went through, in order. */
  get phases(): readonly PodPhase[] {
    return phasesOf(this.run.trace, this.#object)
  }

  /** The statuses that each of its conditions went through, in order, by type. */
  get conditions(): Readonly<Record<string, readonly ConditionStatus[]>> {
    const { trace } = this.run
    return Object.fromEntries(
      conditionTypesOf(trace, this.#object).map(type => [type, conditionsOf(trace, this.#object, type)]),
    )
  }

  /** Names of its containers, init containers first. */
  get containers(): readonly string[] {
    return this.#containers().map(({ name }) => name)
  }

  /**
   * A handle on one of its containers, of whatever role.
   *
   * @throws PodwrightError `UNKNOWN_OBJECT` with the nearest name.
   */
  container(name: string): ContainerRun {
    const object = this.#containers().find(each => each.name === name)
    if (object !== undefined) return new ContainerRun(this, object)
    const nearest = nearestWord(name, this.containers)
    throw new PodwrightError({
      code: 'UNKNOWN_OBJECT',
      where: 'container',
      problem: `expected a container of pod ${this.shortName}, got ${JSON.stringify(name.slice(0, 80))}`,
      hint: nearest === undefined ? `there are ${this.containers.join(', ')}` : `did you mean ${nearest}?`,
    })
  }

  /** The API object as it stood at an instant; undefined when there was none. */
  at(instant: Span): Pod | undefined {
    const at: Milliseconds = readSpan(instant, 'at')
    return podAt(this.run.trace, this.#object.symbol, at)
  }

  #containers(): readonly TraceObject[] {
    const own = [...this.run.trace.objects.values()].filter(({ pod }) => pod === this.#object.symbol)
    const isInit = ({ role }: TraceObject): number => Number(role !== 'init' && role !== 'sidecar')
    return own.sort((a, b) => isInit(a) - isInit(b) || (a.index ?? 0) - (b.index ?? 0))
  }
}

/** A container of a run that is over. */
export class ContainerRun {
  readonly pod: PodRun
  readonly name: string
  readonly #object: TraceObject

  constructor(pod: PodRun, object: TraceObject) {
    this.pod = pod
    this.name = object.name
    this.#object = object
  }

  /** The states that it went through, in order: `waiting ContainerCreating`, `running`, `terminated Error`. */
  get states(): readonly StateWord[] {
    return statesOf(this.pod.run.trace, this.#object)
  }
}

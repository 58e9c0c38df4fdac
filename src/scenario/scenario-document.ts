import type { Clause } from '../expect/index.js'
import type { Milliseconds } from '../time/index.js'
import type { BehaviourRule } from './behaviour-rule.js'
import type { NodeWords } from './read-node-words.js'
import type { StatedMetric } from './stated-metric.js'
import type { StatedStep } from './stated-step.js'
import type { StatedTraffic } from './stated-traffic.js'

/** Whose behaviour, and what it is. */
export type StatedRule = Pick<BehaviourRule, 'target' | 'behaviour'>

/**
 * A whole scenario as plain data that JSON can carry: what the fluent form builds, what `printScenario` writes as YAML, and
 * what `parseScenarioDocument` reads back. Names in it are not yet looked up.
 */
export interface ScenarioDocument {
  readonly name?: string | undefined
  readonly description?: string | undefined
  /** Release of Kubernetes, such as `1.32`. */
  readonly kubernetes?: string | undefined
  /** A number of roomy nodes, or what is said of each. */
  readonly nodes?: number | readonly NodeWords[] | undefined
  /** Where the run ends at the latest. */
  readonly horizon?: Milliseconds | undefined
  /** Files, relative to the Scenario's own. */
  readonly manifests: readonly string[]
  /** Objects that stand in the same file, as manifests say them: nothing is filled in. */
  readonly objects: readonly object[]
  readonly behaviours: readonly StatedRule[]
  readonly steps: readonly StatedStep[]
  /** Absent: none. */
  readonly traffic?: readonly StatedTraffic[] | undefined
  /** Absent: none. */
  readonly metrics?: readonly StatedMetric[] | undefined
  readonly expect: readonly Clause[]
  /** Laws that are not checked, by name. */
  readonly laws?: { readonly off: readonly string[] } | undefined
}

/** A document that says nothing: what builders begin with. */
export const EMPTY_DOCUMENT: ScenarioDocument = {
  manifests: [],
  objects: [],
  behaviours: [],
  steps: [],
  expect: [],
}

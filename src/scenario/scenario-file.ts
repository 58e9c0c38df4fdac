import * as v from 'valibot'
import { type Origin, PodwrightError } from '../errors/index.js'
import { type Clause, formatClause } from '../expect/index.js'
import { type Node, profileOf } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import type { BehaviourRule } from './behaviour-rule.js'
import { nodesOf } from './nodes.js'
import { plainData } from './plain-data.js'
import type { PlacedMetric } from './plan-metrics.js'
import type { PlacedTraffic } from './plan-traffic.js'
import { type Path, readScenarioYaml, type ScenarioYaml } from './read-scenario-yaml.js'
import type { ScenarioDocument } from './scenario-document.js'
import { type ScenarioData, scenarioSchema } from './scenario-schema.js'
import { errorOf } from './schema-parts.js'
import type { ScenarioText } from './split-scenarios.js'
import type { StatedStep } from './stated-step.js'

/** Where something was said: a place in a file, or words for what was built by a program. */
export type Place = Origin | string

/** A step of a scenario, with its place and, for `apply`, the text of the manifest at its place. */
export type ScenarioStep = StatedStep & {
  readonly where: Place
  /** Where `when` stands. */
  readonly whenWhere: Place
  /** What stands before the manifest in the file is left out, but not its lines. */
  readonly manifest?: string | undefined
}

/** What is expected of a run, as it was written. */
export interface ScenarioExpectation {
  readonly clause: Clause
  /** The line of the file; of structured data, the line that says the same. */
  readonly text: string
  readonly where: Place
}

/** The name of a law that is not to be checked; whether there is such a law is looked up later. */
export interface LawName {
  readonly name: string
  readonly where: Place
}

/** What a scenario says: plain data, names not yet looked up, with the places where it was said. */
export interface Scenario {
  readonly name: string | undefined
  readonly description: string | undefined
  readonly where: Origin
  readonly kubernetes: string | undefined
  /** Files beside the scenario's own. */
  readonly manifests: readonly { readonly path: string; readonly where: Place }[]
  readonly nodes: readonly Node[] | undefined
  readonly horizon: Milliseconds | undefined
  readonly behaviours: readonly BehaviourRule[]
  readonly steps: readonly ScenarioStep[]
  readonly traffic: readonly PlacedTraffic[]
  readonly metrics: readonly PlacedMetric[]
  readonly expect: readonly ScenarioExpectation[]
  readonly lawsOff: readonly LawName[]
  /** The same without places; its objects are those of the documents beside it, and not in here. */
  readonly document: ScenarioDocument
}

/** A Scenario, or everything that is wrong with it. */
export interface ParsedScenario {
  readonly scenario: Scenario | undefined
  readonly problems: readonly PodwrightError[]
}

/** A file with more mistakes than this is no Scenario. */
const MOST_PROBLEMS = 20

/**
 * Parses a Scenario document (apiVersion podwright.dev/v1). Every mistake is told with its line and column, what was
 * expected, and the nearest valid word.
 */
export function parseScenario(input: ScenarioText): ParsedScenario {
  const yaml = readScenarioYaml(input)
  if (!('value' in yaml)) return failed(yaml)
  const result = v.safeParse(scenarioSchema, yaml.value)
  if (!result.success) {
    const { issues } = result
    const problems = issues
      .slice(0, MOST_PROBLEMS)
      .map(issue => errorOf(issue, yaml.place(pathOf(issue), issue.path?.at(-1)?.origin === 'key')))
    return failed(issues.length > MOST_PROBLEMS ? [...problems, manyMore(issues.length, input.file)] : problems)
  }
  const { kubernetes } = result.output.spec
  const problem = kubernetes === undefined ? undefined : versionProblem(kubernetes, yaml.place(['spec', 'kubernetes']))
  if (problem !== undefined) return failed([problem])
  return { scenario: scenarioOf(documentOf(result.output), placesIn(result.output, yaml)), problems: [] }
}

const failed = (problems: readonly PodwrightError[]): ParsedScenario => ({ scenario: undefined, problems })

const manyMore = (count: number, where: string): PodwrightError =>
  new PodwrightError({ code: 'SCENARIO_INVALID', where, problem: `and ${count - MOST_PROBLEMS} more mistakes` })

const pathOf = (issue: v.BaseIssue<unknown>): Path => (issue.path ?? []).map(({ key }) => key as string | number)

function versionProblem(version: string, where: Origin): PodwrightError | undefined {
  try {
    profileOf(version)
    return undefined
  } catch (error) {
    if (!(error instanceof PodwrightError)) throw error
    return new PodwrightError({ code: 'SCENARIO_INVALID', where, problem: error.problem, hint: error.hint })
  }
}

/** What the file says without its places. */
function documentOf({ metadata, spec }: ScenarioData): ScenarioDocument {
  const { behaviours = [], laws, ...rest } = spec
  return plainData({
    name: metadata?.name,
    description: metadata?.description,
    kubernetes: rest.kubernetes,
    nodes: rest.nodes,
    horizon: rest.horizon,
    manifests: rest.manifests ?? [],
    objects: [],
    behaviours: behaviours.map(({ target, behaviour }) => ({ target, behaviour })),
    steps: rest.steps ?? [],
    traffic: rest.traffic,
    metrics: rest.metrics,
    expect: rest.expect ?? [],
    laws: laws?.off === undefined ? undefined : { off: laws.off },
  })
}

/** Where the parts of a scenario were said, and how. */
export interface ScenarioPlaces {
  readonly scenario: Origin
  readonly manifest: (index: number) => Place
  readonly behaviour: (index: number) => Place
  readonly step: (index: number) => Place
  readonly when: (index: number) => Place
  readonly traffic: (index: number) => Place
  readonly metric: (index: number) => Place
  readonly expectation: (index: number) => Place
  readonly law: (index: number) => Place
  /** The text of the manifest of an `apply` step. */
  readonly applied: (index: number) => string
  /** The line that was written, if it was one. */
  readonly line: (index: number) => string | undefined
}

function placesIn({ spec }: ScenarioData, { value, place, sourceOf }: ScenarioYaml): ScenarioPlaces {
  const written = (value as { readonly spec: { readonly expect?: readonly unknown[] } }).spec.expect
  return {
    scenario: place([]),
    manifest: index => place(['spec', 'manifests', index]),
    behaviour: index => place(['spec', 'behaviours', index]),
    step: index => place(['spec', 'steps', index]),
    when: index => place(['spec', 'steps', index, 'when']),
    traffic: index => place(['spec', 'traffic', index]),
    metric: index => place(['spec', 'metrics', index]),
    expectation: index => place(['spec', 'expect', index]),
    law: index => place(spec.laws?.off === undefined ? ['spec'] : ['spec', 'laws', 'off', index]),
    applied: index => sourceOf(['spec', 'steps', index, 'apply']),
    line: index => {
      const line = written?.[index]
      return typeof line === 'string' ? line.trim() : undefined
    },
  }
}

/** A document as the scenario that a plan is built from: everything gets its place. */
export function scenarioOf(document: ScenarioDocument, places: ScenarioPlaces): Scenario {
  return {
    name: document.name,
    description: document.description,
    where: places.scenario,
    kubernetes: document.kubernetes,
    manifests: document.manifests.map((path, index) => ({ path, where: places.manifest(index) })),
    nodes: document.nodes === undefined ? undefined : nodesOf(document.nodes),
    horizon: document.horizon,
    behaviours: document.behaviours.map((rule, index) => ({ ...rule, where: places.behaviour(index) })),
    steps: document.steps.map((step, index) => ({
      ...step,
      where: places.step(index),
      whenWhere: places.when(index),
      manifest: step.action === 'apply' ? places.applied(index) : undefined,
    })),
    traffic: (document.traffic ?? []).map((each, index) => ({ ...each, where: places.traffic(index) })),
    metrics: (document.metrics ?? []).map((each, index) => ({ ...each, where: places.metric(index) })),
    expect: document.expect.map((clause, index) => ({
      clause,
      text: places.line(index) ?? formatClause(clause),
      where: places.expectation(index),
    })),
    lawsOff: (document.laws?.off ?? []).map((name, index) => ({ name, where: places.law(index) })),
    document,
  }
}

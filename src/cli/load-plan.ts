import { type Origin, PodwrightError } from '../errors/index.js'
import { type ReadInput, readInputs, readScenarioManifests } from '../files/index.js'
import { loadManifests } from '../manifest/index.js'
import type { Node } from '../model/index.js'
import {
  completeNode,
  createNodes,
  MOST_NODES,
  type Place,
  type Plan,
  type PlanObject,
  parseBehaviourRule,
  parseMetric,
  parseStep,
  parseTraffic,
  type ScenarioStep,
} from '../scenario/index.js'
import { type PlannedTexts, planTexts } from '../spec/index.js'
import { readWhole } from './option-values.js'
import type { PlanSettings } from './plan-settings.js'
import { Problems } from './report-error.js'

/** A plan with what there is to tell about its making. */
export interface LoadedPlan extends PlannedTexts {
  readonly plan: Plan
}

/** How a plan is loaded. */
export interface LoadOptions {
  /** Fields that podwright does not model are mistakes. */
  readonly isStrict?: boolean | undefined
  /** What was read already; default: what the settings' paths name. */
  readonly inputs?: readonly ReadInput[] | undefined
  /** Origins name files so that they are the same from any working directory. */
  readonly hasPortableNames?: boolean | undefined
}

/**
 * Reads the inputs and builds the plan of a run. Everything that is wrong with flags and documents is found, then
 * thrown together.
 *
 * @throws Problems, PodwrightError
 */
export function loadPlan(settings: PlanSettings, options: LoadOptions = {}): LoadedPlan {
  const problems: PodwrightError[] = []
  const collect = <Answer>(act: () => Answer): Answer | undefined => {
    try {
      return act()
    } catch (error) {
      if (!(error instanceof PodwrightError)) throw error
      problems.push(error)
      return undefined
    }
  }
  const behaviours = settings.behave.flatMap(rule => collect(() => parseBehaviourRule(rule, '--behave')) ?? [])
  const traffic = settings.traffic.flatMap(
    words => collect(() => ({ ...parseTraffic(words, '--traffic'), where: '--traffic' })) ?? [],
  )
  const metrics = settings.metric.flatMap(
    words => collect(() => ({ ...parseMetric(words, '--metric'), where: '--metric' })) ?? [],
  )
  const steps = settings.step.flatMap(words => collect(() => stepOf(words)) ?? [])
  const nodes = collect(() => nodesOf(settings))
  const read = options.inputs ?? readInputs(settings.paths, { isRecursive: settings.isRecursive })
  const labels = new Map(read.map(({ name, label }) => [name, label]))
  const planned = planTexts(read, {
    kubernetes: settings.kubernetes,
    namespace: settings.namespace,
    horizon: settings.horizon,
    nodes,
    behaviours,
    traffic,
    metrics,
    steps,
    isStrict: options.isStrict,
    readManifests: scenario => {
      const named = readNamed(scenario, read)
      for (const { name, label } of named) labels.set(name, label)
      return named
    },
    readApplied: (path, where) => {
      const files = readApplied(path, where, read)
      for (const { name, label } of files) labels.set(name, label)
      return files
    },
    prepare: options.hasPortableNames === true ? object => withPortableNames(object, labels) : undefined,
  })
  problems.push(...planned.problems)
  if (planned.plan === undefined || problems.length > 0) throw new Problems(problems)
  return { ...planned, plan: planned.plan }
}

type ScenarioFiles = Parameters<typeof readScenarioManifests>[1]

/** The files that a Scenario names; one that the command line names, too, is meant once. */
function readNamed(
  scenario: { readonly where: Origin; readonly manifests: ScenarioFiles },
  read: readonly ReadInput[],
): ReadInput[] {
  const path = read.find(({ name }) => name === scenario.where.file)?.path ?? scenario.where.file
  const known = new Set(read.map(input => input.path))
  return readScenarioManifests(path, scenario.manifests).filter(input => !known.has(input.path))
}

/** A step of the command line, whose files are those of the working directory. */
const stepOf = (words: string): ScenarioStep => ({
  ...parseStep(words, STEP_FLAG),
  where: STEP_FLAG,
  whenWhere: STEP_FLAG,
})

const STEP_FLAG = '--step'

/** The files that a step applies: those of a Scenario stand in its folder. */
function readApplied(path: string, where: Place, read: readonly ReadInput[]): ReadInput[] {
  if (typeof where === 'string') return readInputs([path])
  const home = read.find(({ name }) => name === where.file)?.path ?? where.file
  return readScenarioManifests(home, [{ path, where }])
}

/** The same object with the names of files in its origins as they are from any working directory. */
function withPortableNames(it: PlanObject, labels: ReadonlyMap<string, string>): PlanObject {
  const portable = (origin: Origin | undefined): Origin | undefined =>
    origin && { ...origin, file: labels.get(origin.file) ?? origin.file }
  const { object, origin, fieldOrigin } = it
  return { object, origin: portable(origin), fieldOrigin: fieldOrigin && (path => portable(fieldOrigin(path))) }
}

/** `--nodes 3`, or `--nodes nodes.yaml`. */
function nodesOf({ nodes, kubernetes }: PlanSettings): readonly Node[] | undefined {
  if (nodes === undefined) return undefined
  if (/^[-+]?[\d.]+(e\d+)?$/.test(nodes)) return createNodes(readWhole(nodes, '--nodes', 1, MOST_NODES))
  const { objects, problems } = loadManifests(readInputs([nodes]), { kubernetes })
  if (problems.length > 0) throw problems[0]
  const other = objects.find(({ object }) => object.kind !== 'Node')
  if (other === undefined && objects.length > 0) return objects.map(({ object }) => completeNode(object as Node))
  throw new PodwrightError({
    code: 'USAGE',
    where: other?.origin ?? nodes,
    problem: `expected Node manifests, got ${other === undefined ? 'none' : `a ${other.object.kind}`}`,
  })
}

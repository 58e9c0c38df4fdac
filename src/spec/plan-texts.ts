import { PodwrightError } from '../errors/index.js'
import { type Clause, resolveClauses } from '../expect/index.js'
import { type LoadedManifests, loadManifests } from '../manifest/index.js'
import { DEFAULT_KUBERNETES_VERSION, type Node, profileOf } from '../model/index.js'
import {
  type BehaviourRule,
  buildPlan,
  documentPlaces,
  type InputText,
  type LawName,
  type Place,
  type Plan,
  type PlanObject,
  parseScenario,
  planRoster,
  type Scenario,
  type ScenarioDocument,
  type ScenarioStep,
  scenarioOf,
  splitScenarios,
} from '../scenario/index.js'
import type { Milliseconds } from '../time/index.js'
import { type ReadApplied, withAppliedFiles } from './applied-files.js'
import { withTimeZones } from './time-zones.js'

/** What goes over what a Scenario among the texts says. */
export interface PlanTextOptions {
  readonly kubernetes?: string | undefined
  readonly namespace?: string | undefined
  readonly nodes?: readonly Node[] | undefined
  readonly horizon?: Milliseconds | undefined
  /** They go before what the Scenario says of behaviour. */
  readonly behaviours?: readonly BehaviourRule[] | undefined
  /** Beside what the Scenario says. */
  readonly traffic?: Scenario['traffic'] | undefined
  readonly metrics?: Scenario['metrics'] | undefined
  /** After what the Scenario does at the same instants. */
  readonly steps?: readonly ScenarioStep[] | undefined
  /** Fields that podwright does not model are mistakes; default false. */
  readonly isStrict?: boolean | undefined
  /** Reads the files that a Scenario names under `manifests:`; without it such a Scenario is refused. */
  readonly readManifests?: ((scenario: Scenario) => readonly InputText[]) | undefined
  /** Reads the files that steps apply; without it such steps are refused. */
  readonly readApplied?: ReadApplied | undefined
  /** Changes an object before the plan is built from it; for names of files in origins. */
  readonly prepare?: ((object: PlanObject) => PlanObject) | undefined
}

/** An expectation whose names are looked up: what monitors are compiled from. */
export interface PlannedExpectation {
  readonly clause: Clause
  /** As it was written. */
  readonly text: string
  readonly where: Place
}

/** A plan made of texts, or everything that is wrong with them. */
export interface PlannedTexts {
  readonly plan: Plan | undefined
  readonly scenario: Scenario | undefined
  /** What the Scenario expects of a run of the plan. */
  readonly expectations: readonly PlannedExpectation[]
  /** The laws that the Scenario turns off. */
  readonly lawsOff: readonly LawName[]
  readonly manifests: LoadedManifests
  readonly problems: readonly PodwrightError[]
}

/**
 * Makes a plan of manifests and, if one is among them, a Scenario. Every document is checked, whatever is wrong with
 * the others.
 */
export function planTexts(texts: readonly InputText[], options: PlanTextOptions = {}): PlannedTexts {
  const problems: PodwrightError[] = []
  const split = splitScenarios(texts)
  return planAll(oneScenario(split.scenarios, problems), split.manifests, options, problems)
}

/**
 * Makes a plan of a scenario that a program built; `where` names it in messages, such as `scenario "drain"`.
 */
export function planDocument(document: ScenarioDocument, where: string, options: PlanTextOptions = {}): PlannedTexts {
  const objects = document.objects.map((object, index) => {
    return { name: `${where}: objects[${index}]`, text: JSON.stringify(object, null, 2) }
  })
  const planned = planAll(scenarioOf(document, documentPlaces(document, where)), objects, options, [])
  return { ...planned, problems: planned.problems.map(problem => withoutLine(problem, where)) }
}

/** An object of a program has no lines: a mistake in it names its field. */
function withoutLine(problem: PodwrightError, where: string): PodwrightError {
  const { code, problem: text, hint, where: place } = problem
  if (typeof place !== 'object' || !place.file.startsWith(`${where}: objects[`)) return problem
  return new PodwrightError({ code, where: place.file, problem: text, hint })
}

function planAll(
  scenario: Scenario | undefined,
  inputs: readonly InputText[],
  options: PlanTextOptions,
  problems: PodwrightError[],
): PlannedTexts {
  const named = scenario === undefined ? [] : (attempt(problems, () => readNamed(scenario, options)) ?? [])
  const wanted = options.kubernetes ?? scenario?.kubernetes ?? DEFAULT_KUBERNETES_VERSION
  // An unknown release is one problem; the documents are checked all the same.
  const { kubernetes } =
    attempt(problems, () => profileOf(wanted, '--kubernetes')) ?? profileOf(DEFAULT_KUBERNETES_VERSION)
  const manifests = loadManifests([...inputs, ...named], { kubernetes, namespace: options.namespace })
  problems.push(...manifests.problems)
  if (options.isStrict === true) problems.push(...unmodelledFields(manifests))
  const objects = options.prepare === undefined ? manifests.objects : manifests.objects.map(options.prepare)
  const stated = [...(scenario?.steps ?? []), ...(options.steps ?? [])]
  const steps = attempt(problems, () => withAppliedFiles(stated, options.readApplied))
  const build = (): Plan =>
    withTimeZones(
      buildPlan(objects, {
        kubernetes,
        nodes: options.nodes ?? scenario?.nodes,
        horizon: options.horizon ?? scenario?.horizon,
        namespace: options.namespace,
        behaviours: scenario?.behaviours,
        overrides: options.behaviours,
        steps,
        traffic: [...(scenario?.traffic ?? []), ...(options.traffic ?? [])],
        metrics: [...(scenario?.metrics ?? []), ...(options.metrics ?? [])],
      }),
    )
  const built = problems.length > 0 ? undefined : attempt(problems, build)
  const expectations = built === undefined ? [] : planExpectations(scenario?.expect ?? [], built, problems)
  const plan = problems.length > 0 ? undefined : built
  return { plan, scenario, expectations, lawsOff: scenario?.lawsOff ?? [], manifests, problems }
}

/** Looks up the names of every expectation; each that is wrong is a problem of its own. */
function planExpectations(
  expectations: Scenario['expect'],
  plan: Plan,
  problems: PodwrightError[],
): readonly PlannedExpectation[] {
  if (expectations.length === 0) return []
  const roster = planRoster(plan)
  return expectations.flatMap(({ clause, text, where }) => {
    const resolved = attempt(problems, () => resolveClauses([clause], roster, where)) ?? []
    return resolved.map(each => ({ clause: each, text, where }))
  })
}

function oneScenario(
  found: ReturnType<typeof splitScenarios>['scenarios'],
  problems: PodwrightError[],
): Scenario | undefined {
  if (found.length > 1) {
    const files = [...new Set(found.map(({ file }) => file))]
    problems.push(
      new PodwrightError({
        code: 'SCENARIO_INVALID',
        where: files[files.length - 1],
        problem: `expected one Scenario, got ${found.length}${files.length > 1 ? ` in ${files.slice(0, 5).join(', ')}` : ''}`,
        hint: 'run them one by one',
      }),
    )
  }
  const parsed = found.map(parseScenario)
  for (const { problems: wrong } of parsed) problems.push(...wrong)
  return parsed.length === 1 ? parsed[0].scenario : undefined
}

function readNamed(scenario: Scenario, { readManifests }: PlanTextOptions): readonly InputText[] {
  if (readManifests !== undefined || scenario.manifests.length === 0) return readManifests?.(scenario) ?? []
  throw new PodwrightError({
    code: 'SCENARIO_INVALID',
    where: scenario.manifests[0].where,
    problem: 'expected no files in a Scenario that is no file itself',
    hint: 'put the manifests beside the Scenario, in the same text after ---, or as objects',
  })
}

/** What `--strict` refuses. */
function unmodelledFields({ coverage }: LoadedManifests): PodwrightError[] {
  return coverage.flatMap(({ kind, name, origin, fields }) =>
    fields
      .filter(field => field.coverage === 'unmodelled')
      .map(field => {
        const where = field.origin ?? origin
        const problem = `${field.path} of ${kind} ${JSON.stringify(name)} is not modelled: ${field.reason}`
        return new PodwrightError({ code: 'UNMODELLED_FIELD', where, problem })
      }),
  )
}

/** Runs a part of the work; misuse becomes one more problem. */
function attempt<Answer>(problems: PodwrightError[], act: () => Answer): Answer | undefined {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof PodwrightError)) throw error
    problems.push(error)
    return undefined
  }
}

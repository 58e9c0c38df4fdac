import { dirname, isAbsolute, join, relative } from 'node:path'
import process from 'node:process'
import { PodwrightError } from '../errors/index.js'
import type { ClauseWords } from '../expect/index.js'
import { type ReadInput, readInputs, readScenarioManifests } from '../files/index.js'
import type { InputText, Scenario, ScenarioDocument } from '../scenario/index.js'
import type { CheckedPlan } from './check-plan.js'
import { type PlannedTexts, planDocument, planTexts } from './plan-texts.js'
import { pointAt, pointing } from './pointing.js'
import { userFrame } from './user-frames.js'

/** A scenario that a program built: its plain data, and its expectations as the words that they were written in. */
export interface BuiltScenario {
  readonly document: ScenarioDocument
  readonly expectations: readonly ClauseWords[]
}

/**
 * A scenario in any of its forms: built, as plain data, as the text of a Scenario file, or as the path of one. Paths are
 * relative to the file of the program that names them.
 */
export type ScenarioInput = BuiltScenario | ScenarioDocument | string

/** A scenario that is ready to be run. */
export interface PreparedScenario extends CheckedPlan {
  readonly title: string
  readonly document: ScenarioDocument
  /** Files that hold all of it, for the command that replays a run; empty where there are none. */
  readonly files: readonly string[]
  /** The words of an expectation, by its place among the expectations; where there are any. */
  readonly words: readonly (ClauseWords | undefined)[]
}

/**
 * Plans a scenario. `stack` is one of the program that asks for it: where its files are looked for.
 *
 * @throws PodwrightError for the first thing that is wrong with it.
 */
export const prepareScenario = (input: ScenarioInput, stack: string): PreparedScenario =>
  pointing(() => prepare(input, stack), stack)

function prepare(input: ScenarioInput, stack: string): PreparedScenario {
  if (typeof input !== 'string') checkInput(input)
  const { file } = userFrame(stack) ?? {}
  const folder = file === undefined ? '.' : dirname(file)
  if (typeof input === 'string') return prepareText(input, folder)
  const { document, expectations } = 'document' in input ? input : { document: input, expectations: [] }
  const where = document.name === undefined ? 'scenario' : `scenario ${JSON.stringify(document.name)}`
  const planned = planDocument(document, where, {
    readManifests: scenario => readFrom(folder, scenario),
    readApplied: file => readInputs([inFolder(folder, file)]),
    // What a program built stands in no file: a place in its data is no help to who reads a report.
    prepare: it => (it.origin?.file.startsWith(where) === true ? { object: it.object } : it),
  })
  const [problem] = planned.problems
  if (problem !== undefined) pointAt(problem, [expectations[indexOf(problem.where)]?.stack ?? '', stack])
  const words = planned.expectations.map(each => expectations[indexOf(each.where)])
  return prepared(planned, { document, files: [], words })
}

/** Matchers and JavaScript hand over anything. */
function checkInput(input: unknown): void {
  const document = typeof input === 'object' && input !== null && 'document' in input ? input.document : input
  if (typeof document === 'object' && document !== null && 'objects' in document) return
  throw new PodwrightError({
    code: 'USAGE',
    problem: `expected a scenario, its plain data, its YAML or the path of its file, got ${input === null ? 'null' : typeof input === 'object' ? 'another object' : String(JSON.stringify(input) ?? typeof input).slice(0, 80)}`,
  })
}

function prepareText(input: string, folder: string): PreparedScenario {
  const isPath = !/[\n{]/.test(input)
  const path = isPath ? inFolder(folder, input) : undefined
  const inputs: readonly InputText[] = path === undefined ? [{ name: 'scenario', text: input }] : readInputs([path])
  const planned = planTexts(inputs, {
    readManifests: scenario =>
      path === undefined ? readFrom(folder, scenario) : readScenarioManifests(path, scenario.manifests),
    readApplied: (file, where) =>
      path === undefined ? readInputs([inFolder(folder, file)]) : readScenarioManifests(path, [{ path: file, where }]),
  })
  const document = planned.scenario?.document
  return prepared(planned, { document, files: path === undefined ? [] : [path], words: [] })
}

function prepared(
  planned: PlannedTexts,
  rest: { readonly document: ScenarioDocument | undefined } & Pick<PreparedScenario, 'files' | 'words'>,
): PreparedScenario {
  const { plan, scenario, expectations, lawsOff, problems } = planned
  if (plan === undefined) throw problems[0]
  const document = rest.document ?? { manifests: [], objects: [], behaviours: [], steps: [], expect: [] }
  return { ...rest, title: scenario?.name ?? 'scenario', document, plan, expectations, lawsOff }
}

/** Files that a program names may be anywhere: it is the user's own. */
const readFrom = (folder: string, { manifests }: Scenario): ReadInput[] =>
  readInputs(manifests.map(({ path }) => inFolder(folder, path)))

/** A path as it is called from the working directory, if it is below it. */
function inFolder(folder: string, path: string): string {
  const absolute = isAbsolute(path) ? path : join(folder, path)
  const near = isAbsolute(absolute) ? relative(process.cwd(), absolute) : absolute
  return near === '' || near.startsWith('..') || isAbsolute(near) ? absolute : near
}

/** `scenario "drain": expect[2]` is about the third expectation. */
const indexOf = (where: unknown): number => Number(/expect\[(\d+)\]$/.exec(String(where))?.[1] ?? -1)

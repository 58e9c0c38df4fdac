import { PodwrightError } from '../errors/index.js'
import { readDocuments, splitDocuments } from '../manifest/index.js'
import type { InputText, Place, ScenarioStep } from '../scenario/index.js'

/** Reads the files that a step applies; `where` is the place of the step. */
export type ReadApplied = (path: string, where: Place) => readonly InputText[]

/**
 * Puts in place of each step that applies a file one step for each manifest in it. Without a reader such steps are left, for the plan to
 * refuse.
 *
 * @throws PodwrightError for what cannot be read, and for a file without a manifest.
 */
export function withAppliedFiles(steps: readonly ScenarioStep[], read: ReadApplied | undefined): ScenarioStep[] {
  return steps.flatMap((step): ScenarioStep[] => {
    if (step.action !== 'applyFile' || read === undefined) return [step]
    const { action: _, path, where, ...moment } = step
    const objects = read(path, where).flatMap(input => documentsOf(input))
    if (objects.length > 0) return objects.map(each => ({ ...moment, ...each }))
    const problem = `expected manifests in ${path}, got none`
    throw new PodwrightError({ code: 'SCENARIO_INVALID', where, problem })
  })
}

interface AppliedDocument {
  readonly action: 'apply'
  readonly object: object
  readonly where: Place
  readonly manifest: string
}

/** Each document at its place in the file: the lines before it are empty. */
function documentsOf({ name, text }: InputText): AppliedDocument[] {
  const { documents, problems } = splitDocuments({ name, text })
  if (problems.length > 0) throw problems[0]
  return documents.flatMap(({ text: document, linesBefore }) => {
    const manifest = '\n'.repeat(linesBefore) + document
    const where = { file: name, line: linesBefore + 1, column: 1 }
    const [object] = readDocuments({ name, text: manifest })
    if (object === null || object === undefined) return []
    if (typeof object === 'object' && !isScenario(object))
      return [{ action: 'apply' as const, object, where, manifest }]
    throw new PodwrightError({ code: 'SCENARIO_INVALID', where, problem: 'expected a manifest to apply' })
  })
}

const isScenario = (object: object): boolean =>
  'apiVersion' in object && String(object.apiVersion).startsWith('podwright.dev/')

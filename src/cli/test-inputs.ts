import { PodwrightError } from '../errors/index.js'
import { listInputs, type ReadInput, readInputs } from '../files/index.js'
import { splitScenarios } from '../scenario/index.js'
import type { PlanSettings } from './plan-settings.js'

/** What one test is made of. */
export interface TestInput {
  /** The file as it is called in messages. */
  readonly file: string
  /** Its path; `-` for standard input. */
  readonly path: string
  /** What is read for it: a Scenario document and the manifests that stand in its file, or manifests alone. */
  readonly inputs: readonly ReadInput[]
  readonly hasScenario: boolean
  /** Why it could not be read. */
  readonly error?: PodwrightError | undefined
}

/** The tests that files and directories hold. */
export interface TestInputs {
  readonly tests: readonly TestInput[]
  /** Files of directories without a Scenario: manifests that Scenarios name. */
  readonly skipped: number
}

/**
 * Reads files and directories: every Scenario is a test of its own, with the manifests of its file. A file that was named and
 * holds no Scenario is one, too: its manifests run, and the laws are checked.
 *
 * @throws PodwrightError
 */
export function loadTestInputs({ paths, isRecursive }: Pick<PlanSettings, 'paths' | 'isRecursive'>): TestInputs {
  const named = new Set(paths)
  const tests: TestInput[] = []
  let skipped = 0
  for (const path of paths) {
    for (const { file } of listInputs([path], { isRecursive })) {
      const read = readOne(file)
      if (read instanceof PodwrightError) {
        tests.push({ file, path: file, inputs: [], hasScenario: false, error: read })
        continue
      }
      const found = testsOf(read)
      if (found.length > 0) tests.push(...found)
      else if (named.has(file)) tests.push({ file: read.name, path: read.path, inputs: [read], hasScenario: false })
      else skipped++
    }
  }
  return { tests, skipped }
}

/** A file that cannot be read does not keep the others from being run. */
function readOne(file: string): ReadInput | PodwrightError {
  try {
    return readInputs([file])[0]
  } catch (error) {
    if (error instanceof PodwrightError) return error
    throw error
  }
}

/** A file with several Scenarios holds as many tests, each with all of its manifests. */
function testsOf(read: ReadInput): TestInput[] {
  const { scenarios, manifests } = splitScenarios([read])
  return scenarios.map(({ text }) => ({
    file: read.name,
    path: read.path,
    inputs: [{ ...read, text }, ...manifests.map(each => ({ ...read, text: each.text }))],
    hasScenario: true,
  }))
}

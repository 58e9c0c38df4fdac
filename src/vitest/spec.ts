import { type TestContext, test } from 'vitest'
import { PodwrightError } from '../errors/index.js'
import {
  type BuildScenario,
  failureOf,
  type RunnableScenario,
  type ScenarioChoices,
  scenario,
  shellWord,
} from '../spec/index.js'
import { collectSpec, type SpecMeta } from './collected-specs.js'

/** How a spec is run. */
export interface SpecOptions extends ScenarioChoices {
  /** Wall time in milliseconds after which vitest gives up; default its own. */
  readonly timeout?: number | undefined
}

/** Registers a behavioural spec as a test. */
export type DefineSpec = (title: string, build: BuildScenario, options?: SpecOptions) => void

/** Registers a spec for each case. */
export type DefineSpecs<Case> = (
  title: (each: Case) => string,
  build: (each: Case) => BuildScenario,
  options?: SpecOptions,
) => void

/** `spec`, and what may be said of it. */
export interface Spec extends DefineSpec {
  /** Runs only the specs and tests that say so. */
  readonly only: DefineSpec
  /** Leaves the spec out. */
  readonly skip: DefineSpec
  /** One spec per case; its title and its scenario are made from the case. */
  readonly each: <Case>(cases: readonly Case[]) => DefineSpecs<Case>
  /** States that the API server refuses what the scenario begins with, and in which words: a part of them is enough. */
  readonly refused: (title: string, build: BuildScenario, message: string) => void
}

const defineSpec: DefineSpec = (title, build, options) => register(test, title, build, options)

/**
 * States a fact about pods: a test of vitest and an entry of the documentation from the same text.
 *
 * The scenario is run once, with the typical choices or those of a seed; every expectation and every law has to hold. A failure's
 * message is the whole report, and its stack points at the broken expectation.
 *
 * @example
 * ```ts no-run
 * import { crashes, exits, runs } from 'podwright'
 * import { spec } from 'podwright/vitest'
 *
 * spec('an init container that fails is started again before the next one', s =>
 *   s
 *     .pod('web', pod =>
 *       pod
 *         .init('migrate', crashes().after('1s'), exits(0).after('3s'))
 *         .init('seed', exits(0).after('1s'))
 *         .container('app', runs()),
 *     )
 *     .expect(({ web }) => [web.init('migrate').exited(0).precedes(web.init('seed').started())]),
 * )
 * ```
 */
export const spec: Spec = Object.assign(defineSpec, {
  only: ((title, build, options) => register(test.only, title, build, options)) satisfies DefineSpec,
  skip: ((title, build, options) => register(test.skip, title, build, options)) satisfies DefineSpec,
  each:
    <Case>(cases: readonly Case[]): DefineSpecs<Case> =>
    (title, build, options) => {
      for (const each of cases) register(test, title(each), build(each), options)
    },
  refused: (title: string, build: BuildScenario, message: string): void => {
    const { stack = '' } = new Error('stated here')
    const built = attempt(() => scenario(title, build))
    if ('value' in built) collectSpec(built.value, stack, message)
    test(title, () => {
      const answer = refusalOf(built)
      if (answer?.includes(message)) return
      const got = answer === undefined ? 'it was accepted' : answer
      throw pointingAt(stack, `expected the API server to refuse it: ${message}\ngot: ${got}`)
    })
  },
})

/** In which words a scenario is refused; undefined: it is not. */
function refusalOf(built: Attempt<RunnableScenario>): string | undefined {
  const result = 'value' in built ? attempt(() => built.value.prepare()) : built
  if ('value' in result) return undefined
  if (result.error instanceof PodwrightError) return result.error.message
  throw result.error
}

/** An error that points at the user's line. */
function pointingAt(stack: string, message: string): Error {
  const error = new Error(message)
  error.stack = stack.replace('stated here', () => message)
  return error
}

type Attempt<Value> = { readonly value: Value } | { readonly error: unknown }

type Register = (title: string, act: (context: TestContext) => void, timeout?: number) => void

function register(
  define: Register,
  title: string,
  build: BuildScenario,
  { timeout, ...choices }: SpecOptions = {},
): void {
  const { stack = '' } = new Error('stated here')
  const built = attempt(() => scenario(title, build))
  if ('value' in built) collectSpec(built.value, stack)
  const act = ({ task }: TestContext): void => {
    if (!('value' in built)) throw built.error
    const run = built.value.run(choices)
    const { document } = built.value
    const podwright: SpecMeta = { document, digest: run.trace.digest, isPassed: run.isPassed }
    Object.assign(task.meta, { podwright })
    if (!run.isPassed) throw failureOf(run, stack, commandOf(task.file.name, title))
  }
  define(title, act, timeout)
}

/** The command that runs a spec alone; vitest takes a title for a pattern. */
const commandOf = (file: string, title: string): string =>
  `npx vitest run ${shellWord(file)} -t ${shellWord(title.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))}`

/** A scenario that cannot be built fails its own test, not the file that it stands in. */
function attempt<Value>(build: () => Value): Attempt<Value> {
  try {
    return { value: build() }
  } catch (error) {
    return { error }
  }
}

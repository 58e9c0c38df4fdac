import { performance } from 'node:perf_hooks'
import { formatOrigin, type Origin, PodwrightError } from '../errors/index.js'
import { visible } from '../kubectl/index.js'
import { type Palette, PLAIN_PALETTE, type ReportedTest } from '../report/index.js'
import { type Place, type Plan, parseScenario } from '../scenario/index.js'
import { type CheckedExpectation, type CheckResult, checkPlan, failureLines } from '../spec/index.js'
import { type LoadedPlan, loadPlan } from './load-plan.js'
import type { PlanSettings } from './plan-settings.js'
import { type ReplayedFlags, replayCommand } from './replay-command.js'
import { EXIT, errorLines, Problems } from './report-error.js'
import type { TestInput } from './test-inputs.js'

/** A test that was run: for reporters, for the terminal, and for the exit code. */
export interface RanTest {
  readonly test: ReportedTest
  readonly lines: readonly string[]
  readonly code: number
}

/** What decides a test beside its file. */
export interface TestOptions extends ReplayedFlags {
  readonly strict?: boolean | undefined
}

/** What a test is called: its Scenario's name, or its file. */
export function titleOf({ file, inputs, hasScenario }: TestInput): string {
  const scenario = hasScenario ? parseScenario({ file, text: inputs[0].text }).scenario : undefined
  return visible(scenario?.name ?? file)
}

/** Runs one test; whatever is wrong with its file makes it a broken one, and the others go on. */
export function runTest(input: TestInput, settings: PlanSettings, flags: TestOptions, palette: Palette): RanTest {
  const began = performance.now()
  try {
    if (input.error !== undefined) throw input.error
    const loaded = loadPlan(settings, { inputs: input.inputs, isStrict: flags.strict })
    if (!input.hasScenario && loaded.manifests.objects.length === 0) throw nothingIn(input)
    return runLoaded(input, loaded, settings, flags, palette, began)
  } catch (error) {
    return brokenTest(input, error, palette, elapsed(began))
  }
}

/** What checks nothing must not pass. */
const nothingIn = ({ file }: TestInput): PodwrightError =>
  new PodwrightError({ code: 'USAGE', where: file, problem: 'expected a Scenario or manifests, got neither' })

const elapsed = (began: number): number => Math.round((performance.now() - began) * 1000) / 1000

/** A test whose plan could be made. */
export interface RanPlan extends RanTest {
  readonly result: CheckResult
}

/** Runs a test whose plan is made. */
export function runLoaded(
  input: TestInput,
  loaded: LoadedPlan,
  settings: PlanSettings,
  flags: TestOptions,
  palette: Palette,
  began: number = performance.now(),
): RanPlan {
  const result = checkLoaded(loaded, settings, flags)
  return { ...ranTest(input, loaded, result, { flags, palette, wallMs: elapsed(began) }), result }
}

/** Runs a plan with its expectations and the laws. */
function checkLoaded(loaded: LoadedPlan, settings: PlanSettings, { off = [] }: TestOptions): CheckResult {
  const { plan, expectations, lawsOff } = loaded
  const more = off.map(name => ({ name, where: '--off' }))
  const choices = { seed: settings.seed, recipe: settings.recipe }
  return checkPlan({ plan, expectations, lawsOff: [...lawsOff, ...more] }, choices)
}

interface Telling {
  readonly flags: TestOptions
  readonly palette: Palette
  readonly wallMs: number
}

function ranTest(
  input: TestInput,
  loaded: LoadedPlan,
  result: CheckResult,
  { flags, palette, wallMs }: Telling,
): RanTest {
  const title = titleOf(input)
  const file = visible(input.file)
  const command = replayCommand([input.path], flags, result.replay)
  const { expectations, laws, isPassed } = result
  const failed = expectations.find(({ verdict }) => verdict.kind !== 'holds')
  const failure = (paint: Palette): string[] =>
    isPassed ? [] : failureLines({ title, result, command, palette: paint })
  const message = failure(PLAIN_PALETTE)
  const test: ReportedTest = {
    title,
    file,
    line: loaded.scenario?.where.line,
    outcome: isPassed ? 'passed' : 'failed',
    message: message.join('\n'),
    summary: message[0] ?? '',
    at: originOf(failed?.where),
    expectations: expectations.map(reportedExpectation),
    laws: laws.map(({ law, text, time }) => ({ law, text: visible(text), time })),
    wallMs,
    replay: result.replay,
  }
  const lines = isPassed ? [passedLine(test, loaded.plan, palette)] : failure(palette)
  return { test, lines, code: isPassed ? EXIT.fine : EXIT.finding }
}

function passedLine({ title, file, expectations }: ReportedTest, plan: Plan, palette: Palette): string {
  const { length } = expectations
  const expects =
    length === 0 ? 'expects nothing: the laws hold' : `${length} ${length === 1 ? 'expectation' : 'expectations'}`
  const late = plan.steps.filter(step => step.at > plan.horizon).length
  const left =
    late === 0 ? '' : `; behind the horizon and not carried out: ${late === 1 ? 'one step' : `${late} steps`}`
  const what = `${expects}${left}`
  return `${palette.good('✓')} ${title}  ${palette.dim(title === file ? what : `${file}, ${what}`)}`
}

function brokenTest(input: TestInput, error: unknown, palette: Palette, wallMs: number): RanTest {
  const { lines, code } = errorLines(error)
  const title = titleOf(input)
  const message = lines.map(visible)
  const test: ReportedTest = {
    title,
    file: visible(input.file),
    outcome: 'broken',
    message: message.join('\n'),
    summary: message[0],
    at: originOf(placeOf(error)),
    expectations: [],
    laws: [],
    wallMs,
  }
  return { test, lines: [`${palette.bad(`✗ ${title}`)} — could not be run`, ...message.map(line => `  ${line}`)], code }
}

/** Where the first thing that is wrong stands. */
function placeOf(error: unknown): Place | undefined {
  if (error instanceof Problems) return error.problems[0]?.where
  return error instanceof PodwrightError ? error.where : undefined
}

const originOf = (where: Place | undefined): Origin | undefined => (typeof where === 'object' ? where : undefined)

const reportedExpectation = ({ text, where, verdict }: CheckedExpectation) => ({
  text: visible(text),
  where: typeof where === 'object' ? formatOrigin(where) : where,
  verdict: verdict.kind,
  ...(verdict.kind === 'violated' ? { time: verdict.time } : {}),
})

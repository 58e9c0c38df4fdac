import type { Command } from 'commander'
import { planDigest } from '../cluster/index.js'
import { PodwrightError } from '../errors/index.js'
import { ENGINE_VERSION, parseReplay, type Replay } from '../spec/index.js'
import { type LoadedPlan, loadPlan } from './load-plan.js'
import { collect } from './option-values.js'
import { isForMachines, outputNamed, printTrace } from './outputs.js'
import { addInputOptions, type PlanFlags, type PlanSettings, readPlanSettings } from './plan-settings.js'
import { note, printLines } from './standard-streams.js'
import { terminalPalette } from './terminal-palette.js'
import { loadTestInputs, type TestInput } from './test-inputs.js'
import { runLoaded } from './test-scenario.js'
import { timelineLines } from './timeline.js'

interface ReplayFlags extends PlanFlags {
  readonly output?: string
  readonly off?: readonly string[]
  readonly color?: boolean
}

const DESCRIPTION = `Run again what a failure told of, from its replay string.

The string holds the versions, the digests of the plan and of the trace, and what was left to chance. The
files and options are those of the first run; if the run is not the same again, exit code 2 says what
differs.`

const EXAMPLES = `
Examples:
  podwright replay drain.yaml pw1:0.1.0:1.32:…                 the failure again
  podwright replay drain.yaml pw1:0.1.0:1.32:… --output watch    what kubectl get pods -w would have printed

Exit codes: 0 the same run, nothing broken · 1 the same run, and its finding · 2 not the same run, misuse or bad input`

/** Defines `podwright replay`. */
export function defineReplay(command: Command, exit: (code: number) => void): void {
  command
    .description(DESCRIPTION)
    .usage('FILE|DIR|-... STRING [options]')
    .argument('<file...>', 'the files of the run, then its replay string')
  addInputOptions(command)
  command
    .optionsGroup('What is checked:')
    .option('--off <law>', 'do not check this law, or all; repeatable', collect)
    .optionsGroup('What is shown:')
    .option('-o, --output <form>', 'as for podwright run (default: the finding)')
    .option('--no-color', 'no colours, even on a terminal')
    .addHelpText('after', EXAMPLES)
    .action((words: string[], flags: ReplayFlags) => exit(replay(words, flags)))
}

function replay(words: readonly string[], flags: ReplayFlags): number {
  const output = flags.output === undefined ? undefined : outputNamed(flags.output)
  const paths = words.slice(0, -1)
  const text = words[words.length - 1]
  if (paths.length === 0) {
    throw new PodwrightError({
      code: 'USAGE',
      problem: 'expected files and a replay string, got one argument',
      hint: 'podwright replay drain.yaml pw1:…',
    })
  }
  const wanted = parseReplay(text, 'STRING')
  const settings = { ...readPlanSettings(paths, flags), seed: wanted.seed, recipe: wanted.recipe }
  const { input, loaded } = findInput(settings, wanted)
  if (loaded.plan.kubernetes !== wanted.kubernetes) {
    throw new PodwrightError({
      code: 'REPLAY_DIFFERS',
      problem: `expected Kubernetes ${wanted.kubernetes}, got ${loaded.plan.kubernetes}`,
      hint: 'the replay string has been changed',
    })
  }
  const palette = terminalPalette(flags.color)
  const { lines, code, result } = runLoaded(input, loaded, settings, flags, palette)
  if (result.trace.digest !== wanted.digest) throw notTheSame(wanted, 'trace', wanted.digest, result.trace.digest)
  if (output === 'timeline') printLines(timelineLines(result.trace, palette))
  else if (output !== undefined) printTrace(result.trace, output, result.trace.end)
  if (output === undefined || !isForMachines(output)) printLines(lines)
  const other =
    wanted.engine === ENGINE_VERSION ? '' : `, though of podwright ${wanted.engine}: this is ${ENGINE_VERSION}`
  note(`the same run: digest ${result.trace.digest}${other}`)
  return code
}

/** The input whose plan the string tells of: all files together, as in podwright run, or one of their Scenarios. */
function findInput(settings: PlanSettings, wanted: Replay): { readonly input: TestInput; readonly loaded: LoadedPlan } {
  const { tests } = loadTestInputs(settings)
  const inputs = tests.flatMap(test => test.inputs)
  const all: TestInput = {
    ...tests[0],
    inputs: [...new Map(inputs.map(each => [each.path + each.text, each])).values()],
  }
  let problem: unknown
  let other: string | undefined
  for (const input of tests.length > 1 ? [all, ...tests] : tests) {
    try {
      const loaded = loadPlan(settings, { inputs: input.inputs })
      other = planDigest(loaded.plan)
      if (other === wanted.planDigest) return { input, loaded }
    } catch (error) {
      problem ??= error
    }
  }
  if (other === undefined) throw problem
  throw notTheSame(wanted, 'plan', wanted.planDigest, other)
}

function notTheSame(wanted: Replay, what: 'plan' | 'trace', expected: string, got: string): PodwrightError {
  const reason =
    wanted.engine === ENGINE_VERSION
      ? what === 'plan'
        ? `the files or options differ from those of the run, which was of Kubernetes ${wanted.kubernetes}`
        : 'the engine has been changed since'
      : `the run was of podwright ${wanted.engine}, this is ${ENGINE_VERSION}`
  return new PodwrightError({
    code: 'REPLAY_DIFFERS',
    problem: `expected the ${what} ${expected}, got ${got}`,
    hint: reason,
  })
}

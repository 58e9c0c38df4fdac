import type { Command } from 'commander'
import { nearestWord, PodwrightError } from '../errors/index.js'
import { readText } from '../files/index.js'
import { type DivergenceNames, divergenceReport, endDifferences } from '../report/index.js'
import { formatDuration } from '../time/index.js'
import { decodeTrace, firstDivergence, type Trace } from '../trace/index.js'
import { linesOf } from './lines-of.js'
import { loadPlan } from './load-plan.js'
import { addPlanOptions, type PlanFlags, readPlanSettings } from './plan-settings.js'
import { EXIT } from './report-error.js'
import { runWhole } from './run-whole.js'
import { note, printLines } from './standard-streams.js'
import { terminalPalette } from './terminal-palette.js'

interface DiffFlags extends PlanFlags {
  readonly against?: readonly string[]
  readonly color?: boolean
}

const DESCRIPTION = `Compare two runs and show the first thing that differs, with the causes on both sides.

A and B are manifests or directories to run, or traces that podwright run --output jsonl wrote (named
.jsonl). With A alone, B is the same input under the settings of --against. The other options hold for both.`

const EXAMPLES = `
Examples:
  podwright diff old.yaml new.yaml                                two versions of a manifest
  podwright diff yesterday.jsonl web.yaml                         a trace that was kept, and a run of today
  podwright diff web.yaml --against seed=7                        another order of events
  podwright diff web.yaml --against kubernetes=1.33               another release
  podwright diff web.yaml --against 'behave=web/app: crashes after 3s' --against nodes=2

Exit codes: 0 no difference · 1 the runs differ · 2 misuse or bad input`

/** Defines `podwright diff`. */
export function defineDiff(command: Command, exit: (code: number) => void): void {
  command
    .description(DESCRIPTION)
    .usage('A B [options] | A --against SETTING=VALUE... [options]')
    .argument('<a>', 'manifests, a directory, a .jsonl trace, or - for standard input')
    .argument('[b]', 'what to compare it with')
  addPlanOptions(command)
  command
    .optionsGroup('What is compared:')
    .option(
      '--against <setting=value>',
      `setting of the second run: ${Object.keys(SETTINGS).join(', ')}; repeatable`,
      collect,
    )
    .optionsGroup('What is shown:')
    .option('--no-color', 'no colours, even on a terminal')
    .addHelpText('after', EXAMPLES)
    .action((a: string, b: string | undefined, flags: DiffFlags) => exit(diff(a, b, flags)))
}

const collect = (value: string, before: readonly string[] | undefined): string[] => [...(before ?? []), value]

function diff(a: string, b: string | undefined, flags: DiffFlags): number {
  const against = applySettings(flags, flags.against ?? [])
  if (b === undefined && flags.against === undefined) {
    throw new PodwrightError({
      code: 'USAGE',
      problem: 'expected a second input or --against, got neither',
      hint: `podwright diff ${a} OTHER, or podwright diff ${a} --against seed=7`,
    })
  }
  if (a === '-' && b === undefined) {
    throw new PodwrightError({
      code: 'USAGE',
      problem: 'expected a file, got standard input, which can be read only once',
    })
  }
  const left = traceOf(a, flags)
  const right = traceOf(
    b ?? a,
    isTrace(a) && b !== undefined ? { ...settingsOf(left), ...withoutHoles(against) } : against,
  )
  const divergence = firstDivergence(left, right)
  if (divergence === undefined) {
    printLines([`no difference: ${left.rows.length} rows, digest ${left.digest}`])
    return EXIT.fine
  }
  const names = namesOf(a, b, flags)
  printLines(divergenceReport(divergence, names, terminalPalette(flags.color)))
  const ends = endDifferences(left, right, names)
  if (ends.length > 0) printLines(['', ...ends])
  return EXIT.finding
}

const isTrace = (path: string): boolean => path.endsWith('.jsonl')

/** How the run of a trace was set up: a run that is compared with it is set up alike. */
function settingsOf({ header: { seed, recipe, kubernetes, horizon } }: Trace): PlanFlags {
  const choices = seed === undefined ? { recipe } : { seed: String(seed) }
  return { ...choices, kubernetes, horizon: formatDuration(horizon) }
}

/** Flags that were given; a seed or recipe among them takes the place of the trace's. */
function withoutHoles(flags: PlanFlags): PlanFlags {
  const given = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined))
  return flags.seed === undefined && flags.recipe === undefined
    ? given
    : { seed: undefined, recipe: undefined, ...given }
}

/** A trace that was kept, or the run of an input. */
function traceOf(path: string, flags: PlanFlags): Trace {
  if (isTrace(path)) return decodeTrace(linesOf(readText(path)), path)
  const settings = readPlanSettings([path], flags)
  const { plan } = loadPlan(settings)
  const { trace, isCut } = runWhole(plan, { seed: settings.seed, recipe: settings.recipe })
  if (isCut) note(`${path}: the limit on entries was reached; what follows is not compared`)
  return trace
}

/** What `--against` may set, and the flag that it stands for. */
const SETTINGS: Readonly<Record<string, keyof PlanFlags>> = {
  seed: 'seed',
  recipe: 'recipe',
  kubernetes: 'kubernetes',
  behave: 'behave',
  traffic: 'traffic',
  metric: 'metric',
  step: 'step',
  nodes: 'nodes',
  namespace: 'namespace',
  horizon: 'horizon',
}

const isList = (name: string): name is 'behave' | 'traffic' | 'metric' | 'step' =>
  name === 'behave' || name === 'traffic' || name === 'metric' || name === 'step'

/** The flags of the second run: those of the first with the settings over them; rules are added. */
function applySettings(flags: DiffFlags, settings: readonly string[]): PlanFlags {
  let changed: PlanFlags = flags
  for (const setting of settings) {
    const [, name, value] = /^([^=]*)=(.*)$/s.exec(setting) ?? []
    if (name === undefined || !Object.hasOwn(SETTINGS, name)) throw refusedSetting(setting, name ?? setting)
    const isSeed = name === 'seed' || name === 'recipe'
    // A seed takes the place of the first run's recipe, and the other way round.
    const without = isSeed ? { ...changed, seed: undefined, recipe: undefined } : changed
    changed = { ...without, [SETTINGS[name]]: isList(name) ? [...(changed[name] ?? []), value] : value }
  }
  return changed
}

function refusedSetting(setting: string, name: string): PodwrightError {
  const nearest = nearestWord(name, Object.keys(SETTINGS))
  return new PodwrightError({
    code: 'USAGE',
    where: '--against',
    problem: `expected SETTING=VALUE with one of ${Object.keys(SETTINGS).join(', ')}, got ${JSON.stringify(setting.slice(0, 80))}`,
    hint: nearest === undefined ? undefined : `did you mean ${nearest}=…?`,
  })
}

/** What the two sides are called. */
const namesOf = (a: string, b: string | undefined, { against = [] }: DiffFlags): DivergenceNames => ({
  left: a,
  right: [b ?? a, ...against].join(' '),
})

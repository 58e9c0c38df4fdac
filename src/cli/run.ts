import { performance } from 'node:perf_hooks'
import type { Command } from 'commander'
import { PodwrightError } from '../errors/index.js'
import { summary } from '../report/index.js'
import { beginRun, endingOf, failureLines, formatReplay, lawNames, watchLaws } from '../spec/index.js'
import { formatDuration, type Milliseconds, parseDuration } from '../time/index.js'
import type { Trace } from '../trace/index.js'
import { loadPlan } from './load-plan.js'
import { printNotes } from './notes.js'
import { collect } from './option-values.js'
import { isForMachines, OUTPUTS, type Output, outputNamed, printTrace } from './outputs.js'
import { addPlanOptions, type PlanFlags, readPlanSettings } from './plan-settings.js'
import { RunProgress } from './progress.js'
import { replayCommand } from './replay-command.js'
import { EXIT } from './report-error.js'
import { note, printLines } from './standard-streams.js'
import { terminalPalette } from './terminal-palette.js'
import { timelineLines, whyLines } from './timeline.js'

interface RunFlags extends PlanFlags {
  readonly at?: string
  readonly output?: string
  readonly why?: string
  readonly strict?: boolean
  readonly off?: readonly string[]
  readonly color?: boolean
}

const DESCRIPTION = `Simulate manifests and show what happens to their pods over time.

Arguments are files, directories (their .yaml, .yml and .json files) or - for standard input. Manifests are
taken as they are; a document of kind Scenario among them says how containers behave and what is done to the
cluster. The run ends at the horizon, or as soon as nothing more can happen.`

const EXAMPLES = `
Examples:
  podwright run web.yaml                                     a timeline, then kubectl get pods
  podwright run k8s/ -R --output watch                       what kubectl get pods -w would have printed
  podwright run web.yaml --at 12.5s                          the pods as kubectl get -o yaml at that instant
  podwright run web.yaml --behave 'web/app: exits 1 after 5s, then runs; readiness fails until 12s'
  podwright run web.yaml --behave 'image app:2 pulls in 40s' --why 'web Ready=False'
  podwright run web.yaml --traffic 'service/web 50/s' --output summary
                                                             requests sent and lost, and why
  podwright run shop.yaml --step '60s: set image deployment/web app=app:2' --traffic 'service/web 50/s'
                                                             the same while web is rolled out
  podwright run web.yaml --output jsonl > trace.jsonl        the whole trace, to keep or to compare

What --behave understands, WHO: WORDS; clauses are separated by ; and successive starts by ', then ':
  WHO      app · web/app · deployment/web · deployment/web/app · [app=web]/app · *
  process  runs · exits 1 after 5s · crashes after 2s · is OOMKilled after 30s · fails to start "no such file"
  SIGTERM  stops after 3s with 0 on SIGTERM · ignores SIGTERM
  usage    uses memory 50Mi growing by 1Mi per second up to 1Gi · uses ephemeralStorage 2Gi
           uses processes 20 · uses volume cache 1Gi
  probes   readiness fails until 12s · liveness hangs from 60s · startup fails from 5s to 9s · always fails
  hooks    postStart takes 2s · preStop takes 20s and fails with 1
  requests serves in 20ms and listens after 2s and keeps listening and drops requests and hangs after 1m
  waiting  waits for service/db every 2s
  images   image app:2 pulls in 8s · fails 3 times · is present · does not exist
The most specific rule wins: a pod's name, then a workload's, then labels, then a container's name alone; of
equally specific ones the later. --behave goes before what a Scenario says.

What --step understands, INSTANT: COMMAND of kubectl: scale deployment/web 5 · set image deployment/web app=app:2 ·
rollout restart|undo|pause|resume deployment/web · drain node-1 --ignore-daemonsets --timeout=2m · cordon · uncordon ·
taint · label · evict · delete · apply FILE; or a fault of a node: shutDown node-1 (the machine goes off) ·
killKubelet · startKubelet · reboot · cutNetwork · restoreNetwork · exhaust node-1 memory

What --traffic understands: SERVICE RATE, then port http · from 10s · until 2m · on node a · keeps 4 connections of
100 requests · retries 2 · times out after 1s

What --metric understands, what HorizontalPodAutoscalers read: deployment/web cpu 100m · then from 2m 400m or
to 400m at 5m · shared (by the pods that are ready) · deployment/web container app memory 50Mi · external queue 20 ·
ingress/main requests 300

What --why understands: web Ready=False · web/app waiting=CrashLoopBackOff · web/app killed · web deleted · #12`

/** Defines `podwright run`. */
export function defineRun(command: Command, exit: (code: number) => void): void {
  command
    .description(DESCRIPTION)
    .usage('FILE|DIR|-... [options]')
    .argument('<file...>', 'manifests, directories, or - for standard input')
  addPlanOptions(command)
  command
    .optionsGroup('What is shown:')
    .option('-o, --output <form>', `${OUTPUTS.join(', ')} (default: timeline)`)
    .option('--at <instant>', 'stop at this instant; shows the objects as yaml unless --output says otherwise')
    .option('--why <text>', 'the chain of causes that led to something')
    .option('--off <law>', 'do not check this law, which holds in every run, or all; repeatable', collect)
    .option('--strict', 'a field that podwright does not model is an error')
    .option('--no-color', 'no colours, even on a terminal')
    .addHelpText('after', EXAMPLES)
    .action((paths: string[], flags: RunFlags) => exit(run(paths, flags)))
}

/** Runs the plan up to `--at` or the horizon, prints what was asked for, and answers the exit code. */
function run(paths: readonly string[], flags: RunFlags): number {
  const began = performance.now()
  const settings = readPlanSettings(paths, flags)
  const at = flags.at === undefined ? undefined : parseDuration(flags.at, '--at')
  const output = readOutput(flags)
  const palette = terminalPalette(flags.color)
  const loaded = loadPlan(settings, {
    isStrict: flags.strict,
    hasPortableNames: output !== undefined && isForMachines(output),
  })
  const { plan, lawsOff, expectations } = loaded
  checkInstant(at, plan.horizon)
  const off = lawNames([...lawsOff, ...(flags.off ?? []).map(name => ({ name, where: '--off' }))])
  const choices = { seed: settings.seed, recipe: settings.recipe }
  const begun = beginRun(plan, choices)
  const { simulation } = begun
  const laws = watchLaws(begun, off)
  const progress = new RunProgress(at ?? plan.horizon)
  begun.hub.add(progress)
  simulation.runUntil(at ?? plan.horizon)
  progress.end()
  const trace = simulation.trace()
  const broken = laws.finish(trace.end, endingOf(trace), trace)
  // Asked before anything is printed: a question without an answer is misuse, and prints nothing else.
  const why = flags.why === undefined ? [] : whyLines(trace, flags.why, palette)
  printNotes(loaded)
  if (expectations.length > 0) note(`expectations: ${expectations.length}; podwright test checks them`)
  if (at === undefined) noteUnusedDraws(simulation.unusedDraws())
  if (output === 'timeline') printLines([...timelineLines(trace, palette), ''])
  if (output !== undefined) printTrace(trace, output === 'timeline' ? 'table' : output, at ?? trace.end)
  if (output === 'timeline') printLines(['', ...summary(trace)])
  const isQuiet = output !== undefined && isForMachines(output)
  const command = replayCommand(paths, flags, formatReplay(plan, trace, choices))
  const failure = failureLines({ title: '', result: { trace, expectations: [], laws: broken }, command, palette })
  for (const lines of [why, failure.length === 0 ? [] : ['', ...failure]]) {
    if (isQuiet) for (const line of lines) note(line)
    else printLines(lines)
  }
  note(closingLine(trace, performance.now() - began))
  return broken.length === 0 ? EXIT.fine : EXIT.finding
}

/** The form to print; undefined: only the answer to `--why`. */
function readOutput({ output, at, why }: RunFlags): Output | undefined {
  if (output === undefined) return why !== undefined ? undefined : at !== undefined ? 'yaml' : 'timeline'
  return outputNamed(output)
}

function checkInstant(at: Milliseconds | undefined, horizon: Milliseconds): void {
  if (at === undefined || at <= horizon) return
  throw new PodwrightError({
    code: 'USAGE',
    where: '--at',
    problem: `expected an instant up to the horizon ${formatDuration(horizon)}, got ${formatDuration(at)}`,
    hint: `add --horizon ${formatDuration(at)}`,
  })
}

/** A recipe that names what the run never asks for was made for another input. */
function noteUnusedDraws(addresses: readonly string[]): void {
  if (addresses.length === 0) return
  const shown = addresses.slice(0, MOST_ADDRESSES).join(', ')
  const more = addresses.length > MOST_ADDRESSES ? ', …' : ''
  note(
    `the recipe names ${addresses.length} draws that the run never asked for: ${shown}${more}; it was made for another input`,
  )
}

const MOST_ADDRESSES = 5

/** What a person wants to know at the end of any run: its digest, which equal runs share, and how long it took. */
function closingLine({ header, digest }: Trace, wallMs: number): string {
  const seed = header.seed === undefined ? '' : `seed ${header.seed}, `
  return `${seed}digest ${digest}, took ${Math.round(wallMs)} ms`
}

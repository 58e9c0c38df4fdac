import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Command } from 'commander'
import {
  isJudged,
  judge,
  judgeScheduling,
  judgeTable,
  type Replay,
  replayAll,
  type SchedulingVerdict,
  scoreOf,
  type TableVerdict,
  type Verdict,
} from '../conformance/index.js'
import { PodwrightError } from '../errors/index.js'
import { writeText } from '../files/index.js'
import { type FiledRecording, type FiledScheduling, loadConformInputs } from './conform-inputs.js'
import { conformJson, recordingLines, schedulingLines, scoreLines, tableLines } from './conform-report.js'
import { readWhole } from './option-values.js'
import { Progress } from './progress.js'
import { EXIT, reportError } from './report-error.js'
import { note, print, printLines } from './standard-streams.js'
import { terminalPalette } from './terminal-palette.js'

interface ConformFlags {
  readonly json?: boolean
  readonly emit?: string
  readonly seeds?: string
  readonly only?: string
  readonly verbose?: boolean
  readonly minScore?: string
  readonly color?: boolean
}

const DESCRIPTION = `Compare the engine with recordings of the real Kubernetes.

Each recording's manifests, scripted behaviour and actions are run with canonical choices and the recorder's latencies.
A run matches when it is no further from the recorded runs than they are from one another; what differs is told, with
the rule behind it. The score is the percentage of recordings that match, over the classes A to I and O. In recordings of
class K the scheduler is asked about each pod, with the earlier ones where they really went. Tables of
Kubernetes' own unit tests, { meta, cases }, are answered by the functions that the engine runs on.`

const EXAMPLES = `
Examples:
  podwright conform ../shared/conformance                         what differs, and the score per class
  podwright conform ../shared/conformance --only E-ready --verbose    some of them, side by side with reality
  podwright conform ../shared/conformance --seeds 12 --min-score 98   canonical run and seeds 1 to 12
  podwright conform ../shared/conformance --emit out              write what the model did, for another tool
  podwright conform ../shared/conformance/tables --json           Kubernetes' own unit-test cases

Exit codes: 0 fine · 1 the score is below --min-score · 2 misuse, or a file that could not be read`

const MOST_SEEDS = 1000

/** Defines `podwright conform`. */
export function defineConform(command: Command, exit: (code: number) => void): void {
  command
    .description(DESCRIPTION)
    .usage('PATH... [options]')
    .argument('<path...>', 'recordings and tables, or folders of them (folders within are left out)')
    .option('--only <prefixes>', 'only those whose names begin with one of these, separated by commas')
    .option('--seeds <n>', 'also run with the seeds 1 to n; some run has to match')
    .option(
      '--emit <dir>',
      'write what the model did, a file per recording; with --seeds a folder per seed, 0 canonical',
    )
    .option('--min-score <percent>', 'exit with 1 when the score is lower')
    .option('--json', 'print one JSON object')
    .option('--verbose', 'print every difference side by side with reality, what caused it, and texts')
    .option('--no-color', 'no colours, even on a terminal')
    .addHelpText('after', EXAMPLES)
    .action((paths: string[], flags: ConformFlags) => exit(conform(paths, flags)))
}

function conform(paths: readonly string[], flags: ConformFlags): number {
  const began = performance.now()
  const seeds = flags.seeds === undefined ? 0 : readWhole(flags.seeds, '--seeds', 1, MOST_SEEDS)
  const leastScore = readPercent(flags.minScore)
  const inputs = loadConformInputs(paths, flags.only)
  if (flags.emit !== undefined) refuseEqualNames([...inputs.recordings, ...inputs.scheduling])
  const { verdicts, worst } = judgeAll(inputs.recordings, seeds, flags.emit)
  const tables = mergeTables(inputs.tables.map(judgeTable))
  const scheduling = judgeAllScheduling(inputs.scheduling, flags.emit)
  const score = scoreOf(verdicts)
  if (flags.json) print(conformJson(verdicts, score, tables, scheduling))
  else {
    const palette = terminalPalette(flags.color)
    for (const verdict of verdicts) printLines(recordingLines(verdict, flags.verbose === true, palette))
    printLines(schedulingLines(scheduling, flags.verbose === true, palette))
    printLines([...tables.flatMap(table => tableLines(table, palette)), ...scoreLines(score, palette)])
  }
  const clusters = inputs.recordings.filter(({ recording }) => !isJudged(recording)).length
  if (clusters > 0)
    note(`${clusters} recordings of clusters are for compare-cluster.mjs, which reads what --emit writes`)
  if (inputs.skipped > 0) note(`${inputs.skipped} other JSON files were skipped`)
  note(`took ${Math.round(performance.now() - began)} ms`)
  const code = Math.max(inputs.worst, worst)
  if (code !== EXIT.fine || leastScore === undefined) return code
  if (score.score !== null) return score.score < leastScore ? EXIT.finding : EXIT.fine
  throw new PodwrightError({
    code: 'USAGE',
    where: '--min-score',
    problem: 'expected recordings of the classes A to I or O, got none',
  })
}

/** A recording that the engine cannot run is reported, and the others are still judged. */
function judgeAll(
  recordings: readonly FiledRecording[],
  seeds: number,
  emit: string | undefined,
): { readonly verdicts: readonly Verdict[]; readonly worst: number } {
  const progress = new Progress(recordings.length, 'recordings')
  const verdicts: Verdict[] = []
  let worst: number = EXIT.fine
  for (const { recording, file } of recordings) {
    const write = (seed: number, { observed }: Replay): void => {
      const folder = seeds === 0 ? (emit ?? '') : join(emit ?? '', `${seed}`)
      writeText(folder, file, JSON.stringify({ name: recording.name, observed }))
    }
    try {
      if (isJudged(recording)) verdicts.push(judge(recording, seeds, emit === undefined ? undefined : write))
      else if (emit !== undefined) replayAll(recording, seeds, write)
    } catch (error) {
      progress.end()
      note(`${file}: recording ${recording.name} could not be run`)
      worst = Math.max(worst, reportError(error))
    }
    progress.step()
  }
  progress.end()
  return { verdicts, worst }
}

/** What the scheduler decides does not hang on a seed: one file per recording. */
function judgeAllScheduling(
  recordings: readonly FiledScheduling[],
  emit: string | undefined,
): readonly SchedulingVerdict[] {
  return recordings.map(({ recording, file }) => {
    const verdict = judgeScheduling(recording)
    const { name, result } = verdict
    if (emit !== undefined) writeText(emit, file, JSON.stringify({ name, result }))
    return verdict
  })
}

/** Tables of one kind, from several files, count together. */
function mergeTables(verdicts: readonly TableVerdict[]): readonly TableVerdict[] {
  const merged = new Map<string, TableVerdict>()
  for (const each of verdicts) {
    const before = merged.get(each.kind)
    const total = (before?.total ?? 0) + each.total
    merged.set(each.kind, { kind: each.kind, total, failed: [...(before?.failed ?? []), ...each.failed] })
  }
  return [...merged.values()]
}

/** Two recordings that would be written to the same file. */
function refuseEqualNames(recordings: readonly { readonly file: string }[]): void {
  const seen = new Set<string>()
  for (const { file } of recordings) {
    if (seen.has(file)) {
      throw new PodwrightError({
        code: 'USAGE',
        where: '--emit',
        problem: `expected files of different names, got two ${file}`,
      })
    }
    seen.add(file)
  }
}

function readPercent(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const percent = /^\d{1,3}(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN
  if (percent >= 0 && percent <= 100) return percent
  throw new PodwrightError({
    code: 'USAGE',
    where: '--min-score',
    problem: `expected a percentage from 0 to 100, got ${JSON.stringify(text.slice(0, 80))}`,
  })
}

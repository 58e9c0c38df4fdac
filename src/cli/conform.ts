import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Command } from 'commander'
import { type Recording, readRecording, replay } from '../conformance/index.js'
import { PodwrightError } from '../errors/index.js'
import { readInputs, writeText } from '../files/index.js'
import { EXIT, reportError } from './report-error.js'
import { note, print } from './standard-streams.js'

interface ConformFlags {
  readonly emit?: string
  readonly seeds?: string
  readonly only?: string
}

const DESCRIPTION = `Replay recordings of the real Kubernetes through the engine.

Each recording's manifests, scripted behaviour and actions are run once, with canonical choices and the recorder's
latencies. --emit writes what the model did in the recorder's own format, so that an outside tool can compare it with
what the real kubelet did.`

const EXAMPLES = `
Examples:
  podwright conform ../shared/conformance --emit out         one file per recording, { name, observed }
  podwright conform ../shared/conformance --only A-,E-ready  some of them
  podwright conform ../shared/conformance --emit out --seeds 12   folders out/0 (canonical), out/1 … out/12`

const MOST_SEEDS = 1000

/** Defines `podwright conform`. */
export function defineConform(command: Command, exit: (code: number) => void): void {
  command
    .description(DESCRIPTION)
    .usage('PATH... [options]')
    .argument('<path...>', 'recordings, or folders of them (folders within are left out)')
    .option('--emit <dir>', 'write what the model did, a file per recording')
    .option('--seeds <n>', 'also run with the seeds 1 to n; --emit then writes a folder per seed')
    .option('--only <prefixes>', 'only recordings whose names begin with one of these, separated by commas')
    .addHelpText('after', EXAMPLES)
    .action((paths: string[], flags: ConformFlags) => exit(conform(paths, flags)))
}

function conform(paths: readonly string[], flags: ConformFlags): number {
  const began = performance.now()
  const seeds = readSeeds(flags.seeds)
  const { recordings, skipped, hasProblems } = load(paths, flags.only)
  let done = 0
  for (const { recording, file } of recordings) {
    for (let seed = 0; seed <= seeds; seed++) {
      const result = replay(recording, seed === 0 ? undefined : seed)
      if (flags.emit === undefined) continue
      writeText(seeds === 0 ? flags.emit : join(flags.emit, String(seed)), file, JSON.stringify(result))
    }
    done++
    if (process.stderr.isTTY && done % 20 === 0) process.stderr.write(`\r${done}/${recordings.length} recordings`)
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
  const runs = seeds === 0 ? '' : ` with ${seeds + 1} runs each`
  const where = flags.emit === undefined ? '' : `, written to ${flags.emit}`
  print(`${recordings.length} recordings replayed${runs}${where}\n`)
  if (skipped > 0) note(`${skipped} other JSON files were skipped`)
  note(`took ${Math.round(performance.now() - began)} ms`)
  return hasProblems ? EXIT.misuse : EXIT.fine
}

interface Loaded {
  readonly recordings: readonly { readonly recording: Recording; readonly file: string }[]
  readonly skipped: number
  readonly hasProblems: boolean
}

/** A broken file is reported, and the others are still replayed. */
function load(paths: readonly string[], only: string | undefined): Loaded {
  const prefixes = only?.split(',').map(prefix => prefix.trim())
  const recordings: { recording: Recording; file: string }[] = []
  let skipped = 0
  let hasProblems = false
  for (const input of readInputs(paths)) {
    if (!input.label.endsWith('.json')) continue
    try {
      const recording = readRecording(input.name, input.text)
      if (recording === null) skipped++
      else if (prefixes === undefined || prefixes.some(prefix => recording.name.startsWith(prefix))) {
        recordings.push({ recording, file: input.label })
      }
    } catch (error) {
      hasProblems = true
      reportError(error)
    }
  }
  return { recordings, skipped, hasProblems }
}

function readSeeds(text: string | undefined): number {
  if (text === undefined) return 0
  const seeds = Number(text)
  if (/^\d+$/.test(text) && seeds >= 1 && seeds <= MOST_SEEDS) return seeds
  throw new PodwrightError({
    code: 'USAGE',
    where: '--seeds',
    problem: `expected a whole number from 1 to ${MOST_SEEDS}, got ${JSON.stringify(text)}`,
  })
}

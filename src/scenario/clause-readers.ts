import { DEFAULT_BEHAVIOUR, type HookBehaviour, type ProcessBehaviour } from './behaviour.js'
import { type StatedProcess, type StatedSandbox, sandboxErrorText, startErrorText } from './behaviour-rule.js'
import { readFailures, readTimes, repeat } from './image-text.js'
import { readWait } from './serve-text.js'
import type { WordReader } from './word-reader.js'

/** Reads what successive starts do: `crashes after 2s 3 times, then runs`. */
export function readRuns(reader: WordReader, first: StatedProcess): StatedProcess[] {
  const runs: StatedProcess[] = []
  let start: StatedProcess | undefined = first
  do {
    start ??= readProcess(reader)
    if (start === undefined) return reader.fail('what the next start does', PROCESS_WORDS)
    const process = readOwnTerm(reader, start)
    repeat(reader, runs, process, readTimes(reader) ?? 1)
    start = undefined
  } while (reader.take(',', 'then'))
  return runs
}

const PROCESS_WORDS = ['runs', 'exits', 'crashes', 'is', 'fails', 'waits']

/** Reads what one start does; undefined if no such word stands here. */
export function readProcess(reader: WordReader): StatedProcess | undefined {
  const process = { exitAfter: null, exitCode: 0, isOomKilled: false, startError: null }
  if (reader.take('runs')) return process
  if (reader.take('exits')) {
    const exitCode = readExitCode(reader)
    return { ...process, exitCode, exitAfter: readAfter(reader) }
  }
  if (reader.take('crashes')) return { ...process, exitCode: 1, exitAfter: readAfter(reader) }
  if (reader.take('is')) {
    reader.oneOf(['OOMKilled'])
    return { ...process, exitCode: 137, isOomKilled: true, exitAfter: readAfter(reader) }
  }
  if (reader.take('waits')) return { ...process, waitsFor: readWait(reader) }
  if (!reader.take('fails')) return undefined
  if (!reader.take('to'))
    reader.fail('"to start"', ['to'], 'hooks, probes and images are named first: preStop fails with 1')
  reader.oneOf(['start'])
  return { ...process, startError: reader.isAtMessage ? reader.message() : startErrorText }
}

function readExitCode(reader: WordReader): number {
  reader.take('with')
  reader.take('code')
  return reader.number('an exit code', 0, 255)
}

const readAfter = (reader: WordReader): number => (reader.take('after') ? reader.duration() : 0)

/** Reads what SIGTERM does to one start: `runs and ignores SIGTERM`. */
function readOwnTerm(reader: WordReader, process: StatedProcess): StatedProcess {
  if (!reader.take('and')) return process
  const term = readTerm(reader)
  return term === undefined
    ? reader.fail('"stops after …" or "ignores SIGTERM"', ['stops', 'ignores'])
    : { ...process, ...term }
}

/** Reads `stops after 3s with 2 on SIGTERM` or `ignores SIGTERM`; undefined if no such word stands here. */
export function readTerm(reader: WordReader): { onTerm: ProcessBehaviour['onTerm'] } | undefined {
  if (reader.take('ignores')) {
    reader.oneOf(['SIGTERM'])
    return { onTerm: null }
  }
  if (!reader.take('stops')) return undefined
  reader.oneOf(['after'])
  const exitAfter = reader.duration()
  const exitCode = reader.take('with') ? readExitCode(reader) : 0
  if (reader.take('on')) reader.oneOf(['SIGTERM'])
  return { onTerm: { exitAfter, exitCode } }
}

/** Reads `takes 20s`, `fails with 1`, `takes 20s and fails with 1`, `succeeds`. */
export function readHook(reader: WordReader): HookBehaviour {
  const { duration } = DEFAULT_BEHAVIOUR.hook
  if (reader.take('succeeds')) return DEFAULT_BEHAVIOUR.hook
  if (reader.take('fails')) return { duration, exitCode: readFailure(reader) }
  if (!reader.take('takes')) reader.fail('"takes", "fails" or "succeeds"', ['takes', 'fails', 'succeeds'])
  const taken = reader.duration()
  if (!reader.take('and')) return { duration: taken, exitCode: 0 }
  reader.oneOf(['fails'])
  return { duration: taken, exitCode: readFailure(reader) }
}

function readFailure(reader: WordReader): number {
  if (!reader.take('with')) return 1
  reader.take('code')
  return reader.number('an exit code', 1, 255)
}

/** Reads `takes 2s`, `fails 3 times`, `dies after 60s`. */
export function readSandbox(reader: WordReader, sandbox: StatedSandbox): StatedSandbox {
  if (reader.take('takes')) return { ...sandbox, delay: reader.duration() }
  if (reader.take('fails')) return { ...sandbox, failures: readFailures(reader).map(each => each ?? sandboxErrorText) }
  if (!reader.take('dies')) reader.fail('"takes", "fails" or "dies after"', ['takes', 'fails', 'dies'])
  reader.oneOf(['after'])
  return { ...sandbox, diesAfter: reader.duration() }
}

/** Reads what one start does, with what SIGTERM does to it. */
export function readStart(reader: WordReader): StatedProcess {
  const process = readProcess(reader)
  return process === undefined ? reader.fail('what the start does', PROCESS_WORDS) : readOwnTerm(reader, process)
}

/** Reads what SIGTERM does. */
export function readOnTerm(reader: WordReader): ProcessBehaviour['onTerm'] {
  const term = readTerm(reader)
  return term === undefined ? reader.fail('"stops after …" or "ignores SIGTERM"', ['stops', 'ignores']) : term.onTerm
}

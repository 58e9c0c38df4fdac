import { formatDuration } from '../time/index.js'
import { DEFAULT_BEHAVIOUR, type HookBehaviour, type ProcessBehaviour } from './behaviour.js'
import {
  type BehaviourRule,
  type StatedBehaviour,
  type StatedImage,
  type StatedProcess,
  type StatedSandbox,
  sandboxErrorText,
  startErrorText,
} from './behaviour-rule.js'
import { formatTarget } from './behaviour-target.js'
import { probeWords } from './probe-text.js'
import { serveWords, waitWords } from './serve-text.js'
import { usesWords } from './usage-text.js'

/**
 * Writes behaviour in the words that `parseBehaviour` reads: `exits 1 after 5s, then runs; readiness fails until 12s`.
 * Reading it again gives the same behaviour.
 */
export function describeBehaviour(behaviour: StatedBehaviour): string {
  const {
    runs,
    onTerm,
    liveness,
    readiness,
    startup,
    postStart,
    preStop,
    serves,
    uses,
    images = {},
    sandbox,
  } = behaviour
  return [
    ...(runs === undefined ? [] : [runsWords(runs)]),
    ...(onTerm === undefined ? [] : [termWords(onTerm)]),
    ...(liveness === undefined ? [] : [`liveness ${probeWords(liveness)}`]),
    ...(readiness === undefined ? [] : [`readiness ${probeWords(readiness)}`]),
    ...(startup === undefined ? [] : [`startup ${probeWords(startup)}`]),
    ...(postStart === undefined ? [] : [`postStart ${hookWords(postStart)}`]),
    ...(preStop === undefined ? [] : [`preStop ${hookWords(preStop)}`]),
    ...(serves === undefined ? [] : [serveWords(serves)]),
    ...(uses === undefined ? [] : usesWords(uses)),
    ...Object.entries(images).flatMap(([name, image]) =>
      imageWords(image).map(words => `image ${nameWord(name)} ${words}`),
    ),
    ...(sandbox === undefined ? [] : sandboxWords(sandbox).map(words => `sandbox ${words}`)),
  ].join('; ')
}

/** Writes a rule as `parseBehaviourRule` reads it. */
export function formatBehaviourRule({ target, behaviour }: BehaviourRule): string {
  return `${formatTarget(target)}: ${describeBehaviour(behaviour)}`
}

function runsWords(runs: readonly StatedProcess[]): string {
  return runLengths(runs.map(startWords))
    .map(({ words, times }) => (times === 1 ? words : `${words} ${times} times`))
    .join(', then ')
}

/** Writes what one start does, with what SIGTERM does to it if that is stated. */
export function startWords(process: StatedProcess): string {
  return process.onTerm === undefined
    ? processWords(process)
    : `${processWords(process)} and ${termWords(process.onTerm)}`
}

/** Writes what one start does by itself. */
export function processWords({ exitAfter, exitCode, isOomKilled, startError, waitsFor }: StatedProcess): string {
  if (waitsFor !== undefined) return waitWords(waitsFor)
  if (startError === startErrorText) return 'fails to start'
  if (startError !== null) return `fails to start ${JSON.stringify(startError)}`
  if (exitAfter === null) return 'runs'
  const after = exitAfter === 0 ? '' : ` after ${formatDuration(exitAfter)}`
  return isOomKilled ? `is OOMKilled${after}` : `exits ${exitCode}${after}`
}

/** Writes what SIGTERM does. */
export function termWords(onTerm: ProcessBehaviour['onTerm']): string {
  if (onTerm === null) return 'ignores SIGTERM'
  const code = onTerm.exitCode === 0 ? '' : ` with ${onTerm.exitCode}`
  return `stops after ${formatDuration(onTerm.exitAfter)}${code} on SIGTERM`
}

/** Writes how long a hook takes and how it ends. */
export function hookWords({ duration, exitCode }: HookBehaviour): string {
  if (exitCode === 0) return `takes ${formatDuration(duration)}`
  if (duration === DEFAULT_BEHAVIOUR.hook.duration) return `fails with ${exitCode}`
  return `takes ${formatDuration(duration)} and fails with ${exitCode}`
}

function imageWords({ pullDuration, failures, alwaysFails, isPresent, runsAsRoot }: StatedImage): string[] {
  return [
    ...(pullDuration === undefined ? [] : [`pulls in ${formatDuration(pullDuration)}`]),
    ...(failures === undefined || failures.length === 0 ? [] : [`fails ${failureWords(failures)}`]),
    ...(alwaysFails === undefined ? [] : [alwaysFailsWords(alwaysFails)]),
    ...(isPresent === undefined ? [] : [isPresent ? 'is present' : 'is absent']),
    ...(runsAsRoot === undefined ? [] : [runsAsRoot ? 'runs as root' : 'runs as non-root']),
  ]
}

const alwaysFailsWords = (text: string | null): string =>
  text === null ? 'does not exist' : `always fails with ${JSON.stringify(text)}`

function sandboxWords({ delay, failures, diesAfter }: StatedSandbox): string[] {
  const texts = failures?.map(each => (each === sandboxErrorText ? null : each))
  return [
    ...(delay === undefined ? [] : [`takes ${formatDuration(delay)}`]),
    ...(texts === undefined || texts.length === 0 ? [] : [`fails ${failureWords(texts)}`]),
    ...(diesAfter === undefined || diesAfter === null ? [] : [`dies after ${formatDuration(diesAfter)}`]),
  ]
}

function failureWords(failures: readonly (string | null)[]): string {
  return runLengths(failures.map(each => (each === null ? '' : ` with ${JSON.stringify(each)}`)))
    .map(({ words, times }) => (times === 1 ? `once${words}` : `${times} times${words}`))
    .join(', then ')
}

/** Names of images are words; anything else is quoted. */
const nameWord = (name: string): string => (/^[^\s,;"]+$/.test(name) ? name : JSON.stringify(name))

function runLengths(words: readonly string[]): { words: string; times: number }[] {
  const lengths: { words: string; times: number }[] = []
  for (const each of words) {
    const last = lengths[lengths.length - 1]
    if (last?.words === each) last.times++
    else lengths.push({ words: each, times: 1 })
  }
  return lengths
}

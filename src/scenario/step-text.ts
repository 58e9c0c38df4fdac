import type { Origin } from '../errors/index.js'
import { podKindNamed } from '../model/index.js'
import { tryParseDuration } from '../time/index.js'
import { parsePart } from './behaviour-text.js'
import { readTaintWord } from './node-words.js'
import type { StatedStep, StepAction } from './stated-step.js'
import { StepFlags } from './step-flags.js'
import type { WordReader } from './word-reader.js'

/** More pods than any run holds. */
export const MOST_REPLICAS = 10_000
export const MOST_REVISION = 1_000_000

/** What kubectl's commands are called here. */
const COMMANDS = [
  'apply',
  'scale',
  'set',
  'rollout',
  'drain',
  'cordon',
  'uncordon',
  'taint',
  'label',
  'evict',
  'delete',
] as const

/**
 * Parses a step of one line, `INSTANT: COMMAND` in kubectl's words: `60s: set image deployment/web app=app:2`.
 *
 * The commands are `scale deployment/web 5` (or `--replicas=5`), `set image`, `rollout restart`, `undo` (`--to-revision=2`), `pause` and
 * `resume`, `drain` with its flags, `cordon`, `uncordon`, `taint`, `label`, `evict`, `delete` (`--grace-period=5`), `apply FILE`;
 * `-n shop` names a namespace.
 *
 * @throws PodwrightError `BEHAVIOUR_INVALID` that names the column, what was expected, and the nearest word.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { parseStep } from 'podwright'
 *
 * assert.deepEqual(parseStep('60s: scale deployment/web --replicas=5'), {
 *   at: 60_000,
 *   action: 'scale',
 *   subject: 'deployment/web',
 *   replicas: 5,
 * })
 * ```
 */
export const parseStep = (text: string, where?: Origin | string): StatedStep =>
  parsePart(text, where, reader => ({ at: readInstant(reader), ...readCommand(reader) }))

/**
 * Parses a command of kubectl without an instant, as `parseStep` has them: `rollout undo deployment/web`.
 *
 * @throws PodwrightError `BEHAVIOUR_INVALID` as for `parseStep`.
 */
export const parseCommand = (text: string, where?: Origin | string): StepAction => parsePart(text, where, readCommand)

function readInstant(reader: WordReader): number {
  const word = reader.word('an instant and a command, such as 60s: scale deployment/web 5')
  const at = word.endsWith(':') ? tryParseDuration(word.slice(0, -1)) : undefined
  if (at !== undefined) return at
  const isLate = tryParseDuration(word) !== undefined
  return reader.failBefore(
    `expected an instant and a colon, such as 60s:, got ${JSON.stringify(word.slice(0, 60))}`,
    isLate ? `write ${word}: and the command` : undefined,
  )
}

const FAULTS_HINT = 'faults of nodes are steps of a Scenario file, such as { at: 60s, killKubelet: node-1 }'

function readCommand(reader: WordReader): StepAction {
  reader.take('kubectl')
  const command =
    reader.takeOneOf(COMMANDS) ?? reader.fail(`a command of kubectl: ${COMMANDS.join(', ')}`, COMMANDS, FAULTS_HINT)
  switch (command) {
    case 'apply':
      return readApply(reader)
    case 'scale':
      return readScale(reader)
    case 'set':
      reader.oneOf(['image'])
      return readSetImage(reader)
    case 'rollout':
      return readRollout(reader)
    case 'drain':
      return readDrain(reader)
    case 'cordon':
    case 'uncordon': {
      const flags = new StepFlags(reader, [])
      return { action: command, subject: readNode(flags) }
    }
    case 'taint':
      return readTaint(reader)
    case 'label':
      return readLabel(reader)
    case 'evict': {
      const flags = new StepFlags(reader, ['namespace'])
      return { action: 'evict', subject: readSubject(flags) }
    }
    case 'delete':
      return readDelete(reader)
  }
}

function readApply(reader: WordReader): StepAction {
  const flags = new StepFlags(reader, ['filename'])
  const file = flags.text('filename')
  const path = file ?? flags.word('the path of a file')
  flags.end()
  return { action: 'applyFile', path }
}

function readScale(reader: WordReader): StepAction {
  const flags = new StepFlags(reader, ['namespace', 'replicas'])
  const subject = readSubject(flags, false)
  const said = flags.number('replicas', 0, MOST_REPLICAS)
  const replicas = said ?? flags.wholeWord('a number of replicas', 0, MOST_REPLICAS)
  flags.end()
  return { action: 'scale', subject, replicas }
}

function readSetImage(reader: WordReader): StepAction {
  const flags = new StepFlags(reader, ['namespace'])
  const subject = readSubject(flags, false)
  const word = flags.word('a container and its image, such as app=app:2')
  const [, container, image] = /^([^=]+)=(.+)$/.exec(word) ?? []
  if (container === undefined)
    return flags.refuse(`expected a container and its image, such as app=app:2, got ${JSON.stringify(word)}`)
  if (flags.hasMore) return flags.refuseNext('the end', 'one container a line: write another line for another one')
  return { action: 'setImage', subject, container, image }
}

const VERBS = ['restart', 'undo', 'pause', 'resume'] as const

function readRollout(reader: WordReader): StepAction {
  const verb = reader.takeOneOf(VERBS) ?? reader.fail('restart, undo, pause or resume', VERBS)
  const flags = new StepFlags(reader, verb === 'undo' ? ['namespace', 'to-revision'] : ['namespace'])
  const subject = readSubject(flags)
  if (verb === 'restart') return { action: 'rolloutRestart', subject }
  if (verb === 'pause') return { action: 'rolloutPause', subject }
  if (verb === 'resume') return { action: 'rolloutResume', subject }
  // As kubectl has it: 0 is the one before.
  const toRevision = flags.number('to-revision', 0, MOST_REVISION)
  return { action: 'rolloutUndo', subject, ...(toRevision === undefined || toRevision === 0 ? {} : { toRevision }) }
}

function readDrain(reader: WordReader): StepAction {
  const flags = new StepFlags(reader, ['ignore-daemonsets', 'delete-emptydir-data', 'force', 'grace-period'])
  const subject = readNode(flags)
  const gracePeriodSeconds = flags.number('grace-period', -1, MOST_SECONDS)
  return {
    action: 'drain',
    subject,
    ...(flags.isSet('ignore-daemonsets') ? { ignoreDaemonSets: true } : {}),
    ...(flags.isSet('delete-emptydir-data') ? { deleteEmptyDirData: true } : {}),
    ...(flags.isSet('force') ? { force: true } : {}),
    ...graceOf(gracePeriodSeconds),
  }
}

function readDelete(reader: WordReader): StepAction {
  const flags = new StepFlags(reader, ['namespace', 'grace-period', 'force'])
  const subject = readSubject(flags, true, true)
  const grace = flags.number('grace-period', -1, MOST_SECONDS)
  // kubectl delete --force: at once, without a grace.
  return { action: 'delete', subject, ...graceOf(grace ?? (flags.isSet('force') ? 0 : undefined)) }
}

/** −1 is kubectl's way of saying nothing. */
const graceOf = (seconds: number | undefined): { readonly gracePeriodSeconds?: number } =>
  seconds === undefined || seconds < 0 ? {} : { gracePeriodSeconds: seconds }

const MOST_SECONDS = 315_360_000

function readTaint(reader: WordReader): StepAction {
  const flags = new StepFlags(reader, ['overwrite'])
  const subject = readNode(flags, false)
  const taints = flags.words('a taint such as key=value:NoExecute, or key- to take it away')
  const wrong = taints.find(word => readTaintWord(word) === undefined)
  if (wrong === undefined) return { action: 'taint', subject, taints }
  return flags.refuse(`expected key=value:NoExecute, or key- to take it away, got ${JSON.stringify(wrong)}`)
}

function readLabel(reader: WordReader): StepAction {
  const flags = new StepFlags(reader, ['namespace', 'overwrite'])
  const isNode = flags.isNodeNext
  const subject = isNode ? readNode(flags, false) : readSubject(flags, false)
  const labels: Record<string, string | null> = {}
  for (const word of flags.words('a label such as key=value, or key- to take it away')) {
    const [, key, value] = /^([^=]+?)(?:=(.*)|-)$/.exec(word) ?? []
    if (key === undefined)
      return flags.refuse(`expected key=value, or key- to take it away, got ${JSON.stringify(word)}`)
    labels[key] = value ?? null
  }
  if (isNode) return { action: 'label', subject, labels }
  return { action: 'patch', subject, patchType: 'merge', patch: { metadata: { labels } } }
}

/** `deployment/web`, or `deployment web`, with the namespace that a flag names. `isLast`: nothing follows. */
function readSubject(flags: StepFlags, isLast = true, canBeNode = false): string {
  const what = 'a pod or workload such as deployment/web'
  const first = flags.word(what)
  if (NODE.test(first)) {
    if (!canBeNode) return flags.refuse(`expected ${what}, got ${JSON.stringify(first)}`)
    const name = first.includes('/') ? first.slice(first.indexOf('/') + 1) : flags.word('the name of a node')
    flags.end()
    return `node/${name}`
  }
  const subject = podKindNamed(first) === undefined ? first : `${first}/${flags.word('a name')}`
  const namespace = flags.text('namespace')
  if (isLast) flags.end()
  return namespace === undefined ? subject : `${namespace}/${subject.includes('/') ? subject : `pod/${subject}`}`
}

const NODE = /^(node|nodes|no)(\/|$)/i

/** `node-1`, `node/node-1` or `node node-1`. */
function readNode(flags: StepFlags, isLast = true): string {
  const first = flags.word('the name of a node')
  const name = /^(node|nodes|no)$/i.test(first) ? flags.word('the name of a node') : first.replace(NODE, '')
  if (isLast) flags.end()
  return name
}

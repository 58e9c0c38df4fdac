import { isReadKind } from '../api/index.js'
import { nearestWord, type Origin } from '../errors/index.js'
import { kindNamed, podKindNamed } from '../model/index.js'
import { tryParseDuration } from '../time/index.js'
import { parsePart } from './behaviour-text.js'
import { durationOf, FAULT_FLAGS, FAULTS, readFault } from './fault-text.js'
import { readTaintWord } from './node-words.js'
import { type ApiRequestWords, readRequest } from './request-words.js'
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
 * `-n shop` names a namespace. Beside them stand the faults of nodes, under the names of a Scenario's steps: `killKubelet node-1`,
 * `shutDown node-1 --grace=30s`, `reboot node-1 --down-for=1m`, `cutNetwork`, `exhaust node-1 memory --left=50Mi` and their opposites.
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
  return reader.failBefore(
    `expected an instant and a colon, such as 60s:, got ${JSON.stringify(word.slice(0, 60))}`,
    instantHint(word),
  )
}

function instantHint(word: string): string | undefined {
  if (tryParseDuration(word) !== undefined) return `write ${word}: and the command`
  if (/^\d+(\.\d+)?:?$/.test(word)) return `write ${word.replace(':', '')}s:`
  const [, instant = ''] = /^([^:]+):./.exec(word) ?? []
  return tryParseDuration(instant) === undefined ? undefined : `write a space after ${instant}:`
}

/** What to do instead, where kubectl has a command that is none here. */
const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
  [/^(patch|annotate|edit)$/i, 'patches are steps of a Scenario file: { at: 60s, patch: deployment/web, with: … }'],
  [
    /^(create|replace)$/i,
    'apply FILE creates; requests are steps of a Scenario file: { at: 60s, request: { create: … } }',
  ],
  [/^(get|describe|events|wait|logs|top)$/i, 'look at a run with podwright get, describe, events or wait, and --at'],
  [
    /^(kill|stop|crash|die|power|poweroff|down|lose|fail)$/i,
    'a machine goes off by shutDown node-1, a kubelet by killKubelet node-1',
  ],
]

function readCommand(reader: WordReader): StepAction {
  reader.take('kubectl')
  const fault = reader.takeOneOf(FAULTS)
  if (fault !== undefined) {
    const flags = new StepFlags(reader, FAULT_FLAGS[fault])
    return readFault(fault, readNode(flags, false), flags)
  }
  const command = reader.takeOneOf(COMMANDS) ?? failCommand(reader)
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

function failCommand(reader: WordReader): never {
  const expected = `a command of kubectl: ${COMMANDS.join(', ')}; or a fault of a node: ${FAULTS.join(', ')}`
  if (reader.isAtEnd) return reader.fail(expected)
  const word = reader.word('a command')
  const hint = ELSEWHERE.find(([what]) => what.test(word))?.[1] ?? nearestHint(word)
  return reader.failBefore(`expected ${expected}, got ${JSON.stringify(word.slice(0, 60))}`, hint)
}

function nearestHint(word: string): string | undefined {
  const nearest = word.length < 3 ? undefined : nearestWord(word, [...COMMANDS, ...FAULTS])
  return nearest && `did you mean ${nearest}?`
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
  const known = ['ignore-daemonsets', 'delete-emptydir-data', 'force', 'grace-period', 'timeout']
  const flags = new StepFlags(reader, known)
  const subject = readNode(flags)
  const gracePeriodSeconds = flags.number('grace-period', -1, MOST_SECONDS)
  // As kubectl has it: none is without end.
  const timeout = durationOf(flags, 'timeout')
  return {
    action: 'drain',
    subject,
    ...(flags.isSet('ignore-daemonsets') ? { ignoreDaemonSets: true } : {}),
    ...(flags.isSet('delete-emptydir-data') ? { deleteEmptyDirData: true } : {}),
    ...(flags.isSet('force') ? { force: true } : {}),
    ...graceOf(gracePeriodSeconds),
    ...(timeout === undefined || timeout === 0 ? {} : { timeout }),
  }
}

function readDelete(reader: WordReader): StepAction {
  const flags = new StepFlags(reader, ['namespace', 'grace-period', 'force', 'selector', 'all'])
  const grace = flags.number('grace-period', -1, MOST_SECONDS)
  // kubectl delete --force: at once, without a grace.
  const seconds = graceOf(grace ?? (flags.isSet('force') ? 0 : undefined))
  const request = readDeleteRequest(flags)
  if (request !== undefined) return { action: 'request', request: readRequest({ ...request, ...seconds }) }
  return { action: 'delete', subject: readSubject(flags, true, true), ...seconds }
}

/** What is no pod, workload or node is deleted by a request: `service/web`; so are all of a kind, or those with labels. */
function readDeleteRequest(flags: StepFlags): ApiRequestWords | undefined {
  const parts = flags.next?.split('/') ?? []
  const word = parts.length === 3 ? parts[1] : parts[0]
  const kind = kindNamed(word ?? '')
  const namespace = flags.text('namespace')
  if (flags.isSet('selector') || flags.isSet('all')) {
    const stated = flags.word('a kind such as pods')
    if (kind === undefined || !isReadKind(kind) || parts.length > 1)
      return flags.refuse(`expected a kind such as pods, got ${JSON.stringify(stated)}`)
    flags.end()
    return { deleteAll: stated, namespace, ...selectorOf(flags) }
  }
  if (kind === undefined || !isReadKind(kind) || kind === 'Node' || podKindNamed(kind) !== undefined) return undefined
  const first = flags.word('an object')
  const subject = parts.length > 1 ? first : `${first}/${flags.word('a name')}`
  flags.end()
  return { delete: subject, namespace }
}

function selectorOf(flags: StepFlags): Pick<ApiRequestWords, 'selector'> {
  const text = flags.text('selector')
  if (text === undefined) return {}
  const pairs = text.split(',').map(pair => /^([^=!]+)==?([^=]*)$/.exec(pair.trim()))
  const matchLabels = Object.fromEntries(pairs.map(pair => [pair?.[1] ?? '', pair?.[2] ?? '']))
  if (pairs.includes(null))
    return flags.refuseFlag('selector', `expected labels such as app=web,tier=db, got ${JSON.stringify(text)}`)
  return { selector: { matchLabels } }
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

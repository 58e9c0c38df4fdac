import { orList } from '../../errors/index.js'
import type { Clause, ContainerName, Level, Occurrence, PodName, StateWord } from '../clause.js'
import { POD_PHASES, QOS_CLASSES, REQUEST_RACES } from '../clause.js'
import { OBJECT_KIND_WORDS } from '../object-kinds.js'
import { readQuantity } from './quantity-text.js'
import { conditionStatus, reasonWords, STATUS_WORDS } from './read-condition.js'
import { ofObject, ofObjectCondition, readObject } from './read-object.js'
import { readSequence } from './read-sequence.js'
import { demandContainer, demandPod, readContainer, readPod } from './read-subject.js'
import type { TextReader } from './text-reader.js'

/** What a sentence of subject and verb says: something that is so, something that happens, or a whole sequence. */
export type Sentence = Level | Occurrence | Clause

const CLAUSE_KINDS: ReadonlySet<string> = new Set<Clause['kind']>([
  ...(['always', 'never', 'stays', 'count', 'monotonic', 'eventually', 'response', 'precedes', 'notBefore'] as const),
  ...(['inOrder', 'phases', 'conditions', 'states', 'gaps', 'until', 'scoped', 'eachContainer', 'allOf'] as const),
  ...(['orVacuous', 'objectConditions', 'objectCounts'] as const),
])

/** Whether a sentence is a whole expectation already. */
export const isClause = (sentence: Sentence): sentence is Clause => CLAUSE_KINDS.has(sentence.kind)

const STATES = ['running', 'waiting', 'terminated'] as const
const PROBES = ['liveness', 'readiness', 'startup'] as const
const HOOKS = ['postStart', 'preStop'] as const

/** The first words of sentences, for complaints. */
export const SUBJECT_WORDS: readonly string[] = [
  ...['pod', 'each', 'container', 'init', 'sidecar', 'any', ...PROBES, ...HOOKS, 'pull', 'sandbox', 'step', 'request'],
  ...OBJECT_KIND_WORDS,
]

/**
 * Reads a sentence about one thing: `pod web is Running`, `container app exits with 1`, `Ready of pod web becomes False`.
 * Undefined where no such sentence begins.
 */
export function readSentence(reader: TextReader, isInEach: boolean): Sentence | undefined {
  reader.take('the')
  const container = readContainer(reader, isInEach)
  if (container !== undefined) return ofContainer(reader, container)
  const pod = readPod(reader)
  if (pod !== undefined) return ofPod(reader, pod)
  const probe = reader.isFollowedBy('probe') ? reader.takeOneOf(PROBES) : undefined
  if (probe !== undefined) return ofProbe(reader, probe, isInEach)
  const hook = reader.isFollowedBy('hook') ? reader.takeOneOf(HOOKS) : undefined
  if (hook !== undefined) return ofHook(reader, hook, isInEach)
  if (reader.take('pull')) return ofPull(reader)
  if (reader.take('sandbox')) return ofSandbox(reader)
  if (reader.take('step')) return ofStep(reader)
  if (reader.take('request')) return ofRequest(reader)
  if (reader.isFollowedBy('of')) return ofCondition(reader)
  const object = readObject(reader)
  return object === undefined ? undefined : ofObject(reader, object)
}

/** `a` … `is`, `is not`, `becomes`, `stops being`: puts a level into what the verb makes of it. */
const isSo = (level: Level, isNegated: boolean): Level => (isNegated ? { kind: 'not', level } : level)

function ofPod(reader: TextReader, pod: PodName): Sentence {
  if (reader.take('is')) {
    const change = reader.takeOneOf(['created', 'deleted', 'gone'])
    if (change !== undefined) return { kind: change, pod }
    const isNegated = reader.take('not')
    return isSo(podComplement(reader, pod, isNegated ? [] : ['created', 'deleted', 'gone']), isNegated)
  }
  const edge = readEdge(reader, () => podComplement(reader, pod, []))
  if (edge !== undefined) return edge
  if (reader.take('has')) return isSo(attribute(reader, pod), reader.take('not'))
  if (reader.take('exists')) return { kind: 'exists', pod }
  if (reader.take('does', 'not')) {
    if (reader.oneOf(['exist', 'have']) === 'exist') return { kind: 'not', level: { kind: 'exists', pod } }
    return { kind: 'not', level: attribute(reader, pod) }
  }
  const verb = reader.takeOneOf(['joins', 'leaves'])
  if (verb !== undefined) {
    reader.words('service')
    const level: Level = { kind: 'endpoint', service: reader.name('the name of a Service'), pod, condition: 'ready' }
    return { kind: 'becomes', level: isSo(level, verb === 'leaves') }
  }
  if (reader.take('gets')) return readEvent(reader, pod, undefined)
  if (reader.take('goes', 'through'))
    return { kind: 'phases', pod, phases: readSequence(reader, () => reader.oneOf(POD_PHASES)) }
  return reader.fail(
    'is, is not, becomes, stops being, has, exists, does not exist, joins, leaves, gets or goes through',
    [...['becomes', 'stops', 'exists', 'joins', 'leaves', 'gets', 'goes', 'does', 'has']],
  )
}

function podComplement(reader: TextReader, pod: PodName, others: readonly string[]): Level {
  const phase = reader.takeOneOf(POD_PHASES)
  if (phase !== undefined) return { kind: 'phase', pod, phase }
  if (reader.take('scheduled')) {
    return reader.take('on')
      ? { kind: 'scheduled', pod, node: reader.name('the name of a node') }
      : { kind: 'scheduled', pod }
  }
  if (reader.take('nominated')) {
    if (!reader.take('to')) return { kind: 'nominated', pod }
    return { kind: 'nominated', pod, node: reader.name('the name of a node') }
  }
  if (reader.isAt('in') || reader.isFollowedBy('in')) {
    const condition = reader.isAt('in') ? 'ready' : reader.oneOf(['ready', 'serving', 'terminating'])
    reader.words('in', 'service')
    return { kind: 'endpoint', service: reader.name('the name of a Service'), pod, condition }
  }
  if (reader.take('terminating')) return { kind: 'terminating', pod }
  const words = [...others, ...POD_PHASES, 'terminating', 'scheduled', 'nominated', 'in service']
  const hint = reader.isAt('ready') ? 'write pod … has Ready=True' : undefined
  return reader.fail(orList(words), hint === undefined ? words : [], hint)
}

/** What a pod has: a class of quality of service, an address, a condition. */
function attribute(reader: TextReader, pod: PodName): Level {
  if (reader.take('QoS', 'class')) return { kind: 'qosClass', pod, qosClass: reader.oneOf(QOS_CLASSES) }
  if (reader.take('an', 'IP')) return { kind: 'podIP', pod }
  if (reader.take('IP')) return { kind: 'podIP', pod, ip: reader.name('the address of a pod') }
  return condition(reader, pod)
}

/** `Ready=True`, and its reason. */
const condition = (reader: TextReader, pod: PodName): Level => {
  const { type, status } = conditionStatus(reader)
  return { kind: 'condition', pod, type, status, ...reasonWords(reader) }
}

function ofContainer(reader: TextReader, container: ContainerName): Sentence {
  if (reader.take('starts')) return { kind: 'started', container }
  if (reader.take('exits')) {
    return reader.take('with')
      ? { kind: 'exited', container, code: reader.number('an exit code', Number.NEGATIVE_INFINITY) }
      : { kind: 'exited', container }
  }
  if (reader.take('gets')) {
    const signal = reader.takeOneOf(['SIGTERM', 'SIGKILL'])
    if (signal !== undefined) return { kind: 'signalled', container, signal }
    if (!reader.isAt('event')) reader.fail('SIGTERM, SIGKILL or event', ['SIGTERM', 'SIGKILL', 'event'])
    return readEvent(reader, container.pod, container.container)
  }
  if (reader.take('is')) {
    if (reader.take('killed')) {
      if (reader.take('with')) reader.words('SIGKILL')
      return { kind: 'signalled', container, signal: 'SIGKILL' }
    }
    const isNegated = reader.take('not')
    return isSo(containerComplement(reader, container, isNegated ? [] : ['killed']), isNegated)
  }
  const edge = readEdge(reader, () => containerComplement(reader, container, []))
  if (edge !== undefined) return edge
  if (reader.take('has')) {
    const isNegated = reader.take('not')
    reader.words('restarted')
    return isSo({ kind: 'restartCount', container, ...readQuantity(reader) }, isNegated)
  }
  if (reader.take('goes', 'through'))
    return { kind: 'states', container, states: readSequence(reader, () => stateWord(reader)) }
  const hint = reader.isAt('restarts') ? 'write starts, or has restarted at least 3 times' : undefined
  return reader.fail(
    'starts, exits, gets, is, is not, becomes, stops being, has restarted or goes through',
    [...(hint === undefined ? ['starts', 'exits', 'gets', 'becomes', 'stops', 'goes', 'has'] : [])],
    hint,
  )
}

function containerComplement(reader: TextReader, container: ContainerName, others: readonly string[]): Level {
  const kind = reader.takeOneOf(['running', 'ready', 'alive'])
  if (kind !== undefined) return { kind, container }
  if (reader.take('started')) {
    reader.take('up')
    return { kind: 'startedUp', container }
  }
  if (reader.take('waiting'))
    return reader.take('with')
      ? { kind: 'waiting', container, reason: reader.name('a reason') }
      : { kind: 'waiting', container }
  // What kubectl's column says is said of containers, too.
  if (reader.take('in')) return { kind: 'waiting', container, reason: reader.name('a reason such as CrashLoopBackOff') }
  if (reader.take('OOMKilled')) return { kind: 'terminated', container, reason: 'OOMKilled' }
  if (reader.take('terminated')) {
    if (!reader.take('with')) return { kind: 'terminated', container }
    if (reader.take('exit', 'code')) return { kind: 'terminated', container, exitCode: exitCode(reader) }
    const reason = reader.name('a reason, or exit code')
    if (!reader.take('and', 'exit', 'code')) return { kind: 'terminated', container, reason }
    return { kind: 'terminated', container, reason, exitCode: exitCode(reader) }
  }
  const words = [...others, 'running', 'ready', 'started', 'alive', 'waiting', 'terminated', 'OOMKilled']
  return reader.fail(orList(words), words)
}

const exitCode = (reader: TextReader): number => reader.number('an exit code', Number.NEGATIVE_INFINITY)

/** `becomes …`, `stops being …`. */
function readEdge(reader: TextReader, complement: () => Level): Occurrence | undefined {
  if (reader.take('becomes')) {
    const isNegated = reader.take('not')
    return { kind: 'becomes', level: isSo(complement(), isNegated) }
  }
  if (!reader.take('stops')) return undefined
  reader.words('being')
  return { kind: 'becomes', level: { kind: 'not', level: complement() } }
}

function readEvent(reader: TextReader, pod: PodName | undefined, container: string | undefined): Occurrence {
  reader.words('event')
  const reason = reader.name('the reason of an Event, such as BackOff')
  const owner = pod === undefined ? {} : { pod }
  return { kind: 'event', ...owner, reason, ...(container === undefined ? {} : { container }) }
}

function ofProbe(reader: TextReader, probe: (typeof PROBES)[number], isInEach: boolean): Occurrence {
  reader.words('probe', 'of')
  const container = demandContainer(reader, isInEach)
  if (reader.take('answers')) return { kind: 'probed', container, probe }
  if (reader.take('succeeds')) return { kind: 'probed', container, probe, result: 'success' }
  if (reader.take('fails')) return { kind: 'probed', container, probe, result: 'failure' }
  if (reader.take('gets', 'no', 'answer')) return { kind: 'probed', container, probe, result: 'hang' }
  if (reader.take('cannot', 'be', 'asked')) return { kind: 'probed', container, probe, result: 'error' }
  return reader.fail('succeeds, fails, gets no answer, cannot be asked or answers', [
    'succeeds',
    'fails',
    'gets',
    'answers',
  ])
}

function ofHook(reader: TextReader, hook: (typeof HOOKS)[number], isInEach: boolean): Occurrence {
  reader.words('hook', 'of')
  const container = demandContainer(reader, isInEach)
  const verb = reader.oneOf(['begins', 'ends', 'fails'])
  const kind = verb === 'begins' ? 'hookStarted' : verb === 'ends' ? 'hookEnded' : 'hookFailed'
  return { kind, container, hook }
}

function ofPull(reader: TextReader): Occurrence {
  const image = reader.take('of') ? { image: reader.name('an image') } : {}
  reader.words('for')
  const pod = demandPod(reader)
  const verb = reader.oneOf(['begins', 'succeeds', 'fails'])
  const kind = verb === 'begins' ? 'pullStarted' : verb === 'succeeds' ? 'pulled' : 'pullFailed'
  return { kind, pod, ...image }
}

function ofSandbox(reader: TextReader): Occurrence {
  reader.words('of')
  const pod = demandPod(reader)
  if (reader.take('dies')) return { kind: 'sandboxDied', pod }
  if (reader.take('is', 'created')) return { kind: 'sandboxCreated', pod }
  return reader.fail('is created or dies', ['dies'])
}

function ofStep(reader: TextReader): Occurrence {
  if (reader.take('on')) {
    const object = readObject(reader)?.object
    const pod = object === undefined ? demandPod(reader) : ''
    reader.words('is', 'refused')
    return object === undefined
      ? { kind: 'refused', pod, ...message(reader) }
      : { kind: 'objectRefused', object, ...message(reader) }
  }
  const step = reader.number('on pod …, or the number of a step', 1)
  reader.words('is')
  if (reader.oneOf(['refused', 'carried']) === 'carried') {
    reader.words('out')
    return { kind: 'stepDone', step }
  }
  return { kind: 'stepRefused', step, ...message(reader) }
}

/** A part of what the API server says. */
const message = (reader: TextReader): { message?: string } =>
  reader.take('with') ? { message: reader.quotedPart() } : {}

/** `request to service/web fails refused`. */
function ofRequest(reader: TextReader): Occurrence {
  reader.words('to')
  const at = reader.position
  const name = reader.name('a Service, such as service/web')
  const match = /^(?:([^/]*)\/)?(?:service|svc)\/(.*)$/s.exec(name)
  if (match === null) {
    const problem = `expected a Service, such as service/web, got ${JSON.stringify(name.slice(0, 60))}`
    return reader.failAt(at, problem, name.includes('/') ? undefined : `write service/${name.slice(0, 40)}`)
  }
  const service = match[1] === undefined ? match[2] : `${match[1]}/${match[2]}`
  if (reader.take('is', 'answered')) return { kind: 'requestAnswered', service }
  reader.words('fails')
  const race = REQUEST_RACES.find(each => reader.take(...each.split(' ')))
  return race === undefined ? { kind: 'requestFailed', service } : { kind: 'requestFailed', service, race }
}

function ofCondition(reader: TextReader): Sentence | undefined {
  const type = reader.takeName()?.text
  if (type === undefined) return undefined
  reader.words('of')
  const object = readObject(reader)
  if (object !== undefined) return ofObjectCondition(reader, object, type)
  const pod = demandPod(reader)
  if (reader.take('goes', 'through'))
    return { kind: 'conditions', pod, type, statuses: readSequence(reader, () => reader.oneOf(STATUS_WORDS)) }
  const verb = reader.oneOf(['is', 'becomes', 'goes through'])
  const isNegated = reader.take('not')
  const level: Level = { kind: 'condition', pod, type, status: reader.oneOf(STATUS_WORDS), ...reasonWords(reader) }
  return verb === 'is' ? isSo(level, isNegated) : { kind: 'becomes', level: isSo(level, isNegated) }
}

/** `running`, `waiting`, `terminated Error`: the reason is a word of its own, if one follows. */
function stateWord(reader: TextReader): StateWord {
  const state = reader.oneOf(STATES)
  if (state === 'running') return state
  const reason = reader.takeName()
  return reason === undefined ? state : `${state} ${reason.text}`
}

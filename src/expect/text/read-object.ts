import { orList } from '../../errors/index.js'
import type { Clause, Level, Occurrence } from '../clause.js'
import { type Comparison, TAINT_EFFECTS } from '../object-clause.js'
import {
  adjectivesOf,
  numbersOf,
  OBJECT_KIND_WORDS,
  type ObjectKind,
  partsOfObjectName,
  ROLLED_OUT,
} from '../object-kinds.js'
import { conditionStatus, reasonWords, STATUS_WORDS } from './read-condition.js'
import { readSequence } from './read-sequence.js'
import type { TextReader } from './text-reader.js'

/** An object that a sentence is about. */
export interface ReadObject {
  readonly object: string
  readonly kind: ObjectKind
}

/** Reads `deployment/web` or `node node-1`, if an object is named here that is no pod. */
export function readObject(reader: TextReader): ReadObject | undefined {
  // `Ready of pod web` begins with a condition, whatever it is called.
  if (reader.isFollowedBy('of')) return undefined
  const word = reader.takeOneOf(OBJECT_KIND_WORDS)
  if (word !== undefined) return objectOf(`${word}/${reader.name(`the name of a ${word}`)}`)
  const name = reader.peekName()
  if (name === undefined || !name.includes('/')) return undefined
  const found = objectOf(name)
  if (found === undefined) return refuseKind(reader, name)
  reader.takeName()
  return found
}

function objectOf(object: string): ReadObject | undefined {
  const parts = partsOfObjectName(object)
  return parts === undefined ? undefined : { object, kind: parts.kind }
}

function refuseKind(reader: TextReader, name: string): undefined {
  const slash = name.indexOf('/')
  const kinds = OBJECT_KIND_WORDS.map(word => `${word}${name.slice(slash)}`)
  return reader.fail(
    'an expectation, such as: deployment/web becomes available',
    kinds,
    'docs/expectations.md has every word',
  )
}

/** Reads what is said of an object. */
export function ofObject(reader: TextReader, it: ReadObject): Level | Occurrence | Clause {
  const { object } = it
  if (reader.take('is')) {
    const change = reader.takeOneOf(['created', 'deleted', 'gone'])
    if (change !== undefined) return { kind: CHANGES[change], object }
    const isNegated = reader.take('not')
    return negatedIf(isNegated, complement(reader, it, isNegated ? [] : ['created', 'deleted', 'gone']))
  }
  if (reader.take('becomes')) {
    const isNegated = reader.take('not')
    return { kind: 'becomes', level: negatedIf(isNegated, complement(reader, it, [])) }
  }
  if (reader.take('stops')) {
    reader.words('being')
    return { kind: 'becomes', level: { kind: 'not', level: complement(reader, it, []) } }
  }
  for (const [verb, adjective] of VERBS) {
    if (isAdjective(it.kind, adjective) && reader.take(verb))
      return { kind: 'becomes', level: adjectiveLevel(it, adjective) }
  }
  if (reader.take('exists')) return { kind: 'objectExists', object }
  if (reader.take('has')) return negatedIf(reader.take('not'), attribute(reader, it))
  if (reader.take('does', 'not')) {
    if (reader.oneOf(['exist', 'have']) === 'have') return { kind: 'not', level: attribute(reader, it) }
    return { kind: 'not', level: { kind: 'objectExists', object } }
  }
  if (reader.take('gets')) {
    reader.words('event')
    return { kind: 'objectEvent', object, reason: reader.name('the reason of an Event, such as FailedCreate') }
  }
  if (reader.take('goes', 'through')) return counts(reader, it)
  const verbs = VERBS.flatMap(([verb, adjective]) => (isAdjective(it.kind, adjective) ? [verb] : []))
  const words = ['becomes', 'stops', 'exists', 'does', 'has', 'gets', 'goes', ...verbs]
  const list = [
    'is',
    'is not',
    'becomes',
    'stops being',
    ...verbs,
    'has',
    'exists',
    'does not exist',
    'gets',
    'goes through',
  ]
  return reader.fail(orList(list), words)
}

const CHANGES = { created: 'objectCreated', deleted: 'objectDeleted', gone: 'objectGone' } as const

/** Short words for what becomes so. */
const VERBS = [
  ['completes', 'complete'],
  ['fails', 'failed'],
] as const

const negatedIf = (isNegated: boolean, level: Level): Level => (isNegated ? { kind: 'not', level } : level)

const isAdjective = (kind: ObjectKind, adjective: string): boolean =>
  Object.hasOwn(adjectivesOf(kind), adjective) || (adjective === 'complete' && ROLLED_OUT.has(kind))

const adjectiveLevel = ({ object, kind }: ReadObject, adjective: string): Level =>
  Object.hasOwn(adjectivesOf(kind), adjective)
    ? { kind: 'objectCondition', object, type: adjectivesOf(kind)[adjective], status: 'True' }
    : { kind: 'complete', object }

/** What an object is: available, complete, ready, tainted. */
function complement(reader: TextReader, it: ReadObject, others: readonly string[]): Level {
  const { kind, object } = it
  const adjectives = [...Object.keys(adjectivesOf(kind)), ...(ROLLED_OUT.has(kind) ? ['complete'] : [])]
  const adjective = reader.takeOneOf(adjectives)
  if (adjective !== undefined) return adjectiveLevel(it, adjective)
  if (reader.take('terminating')) return { kind: 'objectTerminating', object }
  if (kind === 'Node') {
    const node = object.slice(object.lastIndexOf('/') + 1)
    if (reader.take('unschedulable')) return { kind: 'unschedulable', node }
    if (reader.take('tainted')) return { kind: 'tainted', node, ...(reader.take('with') ? taint(reader) : {}) }
  }
  const words = [...others, ...adjectives, 'terminating', ...(kind === 'Node' ? ['unschedulable', 'tainted'] : [])]
  return reader.fail(orList(words), words)
}

/** `key=value:NoExecute`, `key`; or `key … and value … and effect …`. */
function taint(reader: TextReader): Omit<Extract<Level, { kind: 'tainted' }>, 'kind' | 'node'> {
  const parts = ['key', 'value', 'effect'] as const
  const first = reader.isFollowedByName() ? reader.takeOneOf(parts) : undefined
  if (first !== undefined) {
    const found: { key?: string; value?: string; effect?: (typeof TAINT_EFFECTS)[number] } = {}
    let part: (typeof parts)[number] | undefined = first
    while (part !== undefined) {
      if (part === 'effect') found.effect = reader.oneOf(TAINT_EFFECTS)
      else found[part] = reader.name(`the ${part} of a taint`)
      part =
        reader.isAt('and') && reader.isFollowedBy(...parts) && reader.take('and') ? reader.takeOneOf(parts) : undefined
    }
    return found
  }
  const at = reader.position
  const text = reader.name('a taint, such as key=value:NoExecute')
  const match = /^([^=:]+)(?:=([^=:]*))?(?::(.*))?$/s.exec(text)
  const effect = TAINT_EFFECTS.find(each => each.toLowerCase() === match?.[3]?.toLowerCase())
  if (match === null || (match[3] !== undefined && effect === undefined)) {
    const problem = `expected a taint such as key=value:NoExecute, got ${JSON.stringify(text.slice(0, 60))}`
    return reader.failAt(at, problem, `the effects are ${TAINT_EFFECTS.join(', ')}`)
  }
  const [, key, value] = match
  return { key, ...(value === undefined ? {} : { value }), ...(effect === undefined ? {} : { effect }) }
}

/** `at least 3 available replicas`, or a condition. */
function attribute(reader: TextReader, it: ReadObject): Level {
  const is = readComparison(reader)
  if (is === undefined) {
    const { status, type } = conditionStatus(reader, 'a condition such as Progressing=True, or a number of something')
    return { kind: 'objectCondition', object: it.object, type, status, ...reasonWords(reader) }
  }
  const count = reader.number('a number', 0)
  return { kind: 'objectCount', object: it.object, field: counted(reader, it), is, count }
}

/** A bare number is that exactly. */
function readComparison(reader: TextReader): Comparison | undefined {
  if (reader.take('at', 'least')) return 'atLeast'
  if (reader.take('at', 'most')) return 'atMost'
  if (reader.take('fewer', 'than')) return 'fewerThan'
  if (reader.take('more', 'than')) return 'moreThan'
  return reader.take('exactly') || reader.isAtNumber() ? 'exactly' : undefined
}

/** What is counted: the longest words that stand here, of one or of several. */
function counted(reader: TextReader, { kind }: ReadObject): string {
  const numbers = Object.entries(numbersOf(kind))
  for (const [field, words] of numbers) {
    const [all, one] = [words, words.slice(0, -1)].map(each => each.split(' '))
    if (reader.take(...all) || reader.take(...one)) return field
  }
  // A number by the API's own name.
  const api = reader.takeOneOf(numbers.map(([field]) => field))
  if (api !== undefined) return api
  if (numbers.length === 0) return reader.fail(`a condition: a ${kind} has no numbers`)
  const words = numbers.map(([, each]) => each)
  const next = reader.peekName()
  const alike = next === undefined ? undefined : words.find(each => each.startsWith(`${next} `))
  const hint = alike === undefined ? undefined : `a ${kind} has ${alike}`
  return reader.fail(orList(words), alike === undefined ? words.flatMap(each => each.split(' ')) : [], hint)
}

/** `0, 1, 2, 3 available replicas`. */
function counts(reader: TextReader, it: ReadObject): Clause {
  const numbers = readSequence(reader, () => reader.number('a number', 0))
  return { kind: 'objectCounts', object: it.object, field: counted(reader, it), counts: numbers }
}

/** Reads what is said of a condition of an object, after `Ready of node/a`. */
export function ofObjectCondition(
  reader: TextReader,
  { object }: ReadObject,
  type: string,
): Level | Occurrence | Clause {
  if (reader.take('goes', 'through'))
    return { kind: 'objectConditions', object, type, statuses: readSequence(reader, () => reader.oneOf(STATUS_WORDS)) }
  const verb = reader.oneOf(['is', 'becomes', 'goes through'])
  const isNegated = reader.take('not')
  const status = reader.oneOf(STATUS_WORDS)
  const level = negatedIf(isNegated, { kind: 'objectCondition', object, type, status, ...reasonWords(reader) })
  return verb === 'is' ? level : { kind: 'becomes', level }
}

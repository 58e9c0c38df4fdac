import type { Level, Occurrence } from '../clause.js'
import type { ObjectLevel, ObjectName } from '../object-clause.js'
import { adjectivesOf, numbersOf, partsOfObjectName } from '../object-kinds.js'
import { wordText } from './plain-word.js'
import type { Complement, NameStyle } from './subject-text.js'

type LevelOf<Kind extends ObjectLevel['kind']> = Extract<ObjectLevel, { kind: Kind }>

/** `deployment/web`, as the clause calls it, or as the style does. */
export const objectText = (object: ObjectName, style: NameStyle): string =>
  wordText(style.objectName?.(object) ?? object)

/** `node/node-1`. */
const nodeText = (node: string): string => wordText(`node/${node}`)

/** Takes a level apart into whom it is about and what that is; undefined where it is no such sentence. */
export function objectComplementOf(level: ObjectLevel, style: NameStyle): Complement | undefined {
  switch (level.kind) {
    case 'objectTerminating':
      return { subject: objectText(level.object, style), complement: 'terminating' }
    case 'complete':
      return { subject: objectText(level.object, style), complement: 'complete' }
    case 'objectCondition': {
      const adjective = adjectiveOf(level)
      return adjective === undefined ? undefined : { subject: objectText(level.object, style), complement: adjective }
    }
    case 'unschedulable':
      return { subject: nodeText(level.node), complement: 'unschedulable' }
    case 'tainted':
      return { subject: nodeText(level.node), complement: `tainted${taintText(level)}` }
    default:
      return undefined
  }
}

/** The word for a condition that is True, whatever the reason, where its kind has one: `available`. */
function adjectiveOf({ object, type, status, reason, message }: LevelOf<'objectCondition'>): string | undefined {
  const parts = partsOfObjectName(object)
  if (parts === undefined || status !== 'True' || reason !== undefined || message !== undefined) return undefined
  return Object.entries(adjectivesOf(parts.kind)).find(([, each]) => each === type)?.[0]
}

/** ` with key=value:NoExecute`, ` with key`, ` with effect NoExecute`; empty for any. */
function taintText({ key, value, effect }: LevelOf<'tainted'>): string {
  const own = [
    ...(key === undefined ? [] : [`key ${wordText(key)}`]),
    ...(value === undefined ? [] : [`value ${wordText(value)}`]),
    ...(effect === undefined ? [] : [`effect ${effect}`]),
  ]
  if (key === undefined) return own.length === 0 ? '' : ` with ${own.join(' and ')}`
  const taint = `${key}${value === undefined ? '' : `=${value}`}${effect === undefined ? '' : `:${effect}`}`
  return isPlainTaint(taint) && !/[=:]/.test(`${key}${value ?? ''}`) ? ` with ${taint}` : ` with ${own.join(' and ')}`
}

/** Whether a taint can stand as one word. */
const isPlainTaint = (taint: string): boolean => wordText(taint) === taint && !taint.startsWith('=')

const COMPARISONS = {
  exactly: 'exactly',
  atLeast: 'at least',
  atMost: 'at most',
  fewerThan: 'fewer than',
  moreThan: 'more than',
} as const

/** `at least 3 available replicas`. */
export const countText = ({ object, field, is, count }: LevelOf<'objectCount'>): string =>
  `${COMPARISONS[is]} ${count} ${countedText(object, field, count)}`

/** `available replicas`, or of one `available replica`; a number that the kind has not stands as the API calls it. */
export function countedText(object: ObjectName, field: string, count: number): string {
  const parts = partsOfObjectName(object)
  const words = parts === undefined ? undefined : numbersOf(parts.kind)[field]
  if (words === undefined) return wordText(field)
  return count === 1 ? words.slice(0, -1) : words
}

/** The words for what becomes so of which there is a verb of its own: `completes`, `fails`. */
export function objectVerb(level: Level): string | undefined {
  if (level.kind === 'complete') return 'completes'
  if (level.kind !== 'objectCondition') return undefined
  const adjective = adjectiveOf(level)
  return adjective === 'complete' ? 'completes' : adjective === 'failed' ? 'fails' : undefined
}

type ObjectEvent = Extract<Occurrence, { kind: 'objectCreated' | 'objectDeleted' | 'objectGone' }>

const CHANGES = { objectCreated: 'created', objectDeleted: 'deleted', objectGone: 'gone' } as const

/** `deployment/web is created`. */
export const objectChangeText = ({ kind, object }: ObjectEvent, style: NameStyle): string =>
  `${objectText(object, style)} is ${CHANGES[kind]}`

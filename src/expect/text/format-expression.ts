import { isLevel, type Level, type Occurrence } from '../clause.js'
import { complementOf } from './complement-text.js'
import { countText, objectChangeText, objectText, objectVerb } from './object-text.js'
import { quoted, wordText } from './plain-word.js'
import { quantityText } from './quantity-text.js'
import { containerText, type NameStyle, podText } from './subject-text.js'

/**
 * How tightly an expression holds together. What is looser than its place allows stands in parentheses; `or` and `and` never
 * stand side by side without them, though the reader would understand that.
 */
export const BINDING = { or: 1, and: 2, joined: 3, prefix: 4, atom: 5 } as const

/** A text and how tightly it holds together. */
interface Phrase {
  readonly text: string
  readonly binding: number
}

/** Writes a level or an occurrence; `least` is how tightly it must hold together where it stands. */
export function expressionText(what: Level | Occurrence, style: NameStyle, least: number = BINDING.or): string {
  const { text, binding } = isLevel(what) ? levelPhrase(what, style) : occurrencePhrase(what, style)
  return binding < least ? `(${text})` : text
}

const atom = (text: string): Phrase => ({ text, binding: BINDING.atom })

function levelPhrase(level: Level, style: NameStyle): Phrase {
  const sentence = complementOf(level, style)
  if (sentence !== undefined) return atom(`${sentence.subject} is ${sentence.complement}`)
  switch (level.kind) {
    case 'condition':
      return atom(`${podText(level.pod, style)} has ${conditionText(level)}`)
    case 'exists':
      return atom(`${podText(level.pod, style)} exists`)
    case 'objectExists':
      return atom(`${objectText(level.object, style)} exists`)
    case 'objectCondition':
      return atom(`${objectText(level.object, style)} has ${conditionText(level)}`)
    case 'objectCount':
      return atom(`${objectText(level.object, style)} has ${countText(level)}`)
    case 'qosClass':
    case 'podIP':
      return atom(`${podText(level.pod, style)} has ${attributeText(level)}`)
    case 'restartCount':
      return atom(`${containerText(level.container, style)} has restarted ${quantityText(level)}`)
    case 'not':
      return negation(level.level, style)
    case 'and':
      return listed(level.levels, 'and', 'all hold', style)
    case 'or':
      return listed(level.levels, 'or', 'any holds', style)
    case 'once':
      return { text: `once ${expressionText(level.what, style, BINDING.prefix)}`, binding: BINDING.prefix }
    case 'since':
      return joined(level.level, 'since', level.what, style)
    default:
      throw new RangeError(`no level ${(level as { kind: string }).kind}`)
  }
}

function occurrencePhrase(occurrence: Occurrence, style: NameStyle): Phrase {
  switch (occurrence.kind) {
    case 'anyOf':
      return listed(occurrence.occurrences, 'or', 'any of', style)
    case 'when':
      return joined(occurrence.occurrence, 'when', occurrence.level, style)
    case 'becomes':
      return atom(edgeText(occurrence.level, style))
    default:
      return atom(eventText(occurrence, style))
  }
}

type SimpleOccurrence = Exclude<Occurrence, { kind: 'anyOf' | 'when' | 'becomes' }>

const PROBE_VERBS = { success: 'succeeds', failure: 'fails', hang: 'gets no answer', error: 'cannot be asked' } as const
const HOOK_VERBS = { hookStarted: 'begins', hookEnded: 'ends', hookFailed: 'fails' } as const
const PULL_VERBS = { pullStarted: 'begins', pulled: 'succeeds', pullFailed: 'fails' } as const

function eventText(occurrence: SimpleOccurrence, style: NameStyle): string {
  switch (occurrence.kind) {
    case 'started':
      return `${containerText(occurrence.container, style)} starts`
    case 'exited': {
      const code = occurrence.code === undefined ? '' : ` with ${occurrence.code}`
      return `${containerText(occurrence.container, style)} exits${code}`
    }
    case 'signalled': {
      const verb = occurrence.signal === 'SIGKILL' ? 'is killed with' : 'gets'
      return `${containerText(occurrence.container, style)} ${verb} ${occurrence.signal}`
    }
    case 'probed': {
      const verb = occurrence.result === undefined ? 'answers' : PROBE_VERBS[occurrence.result]
      return `${occurrence.probe} probe of ${containerText(occurrence.container, style)} ${verb}`
    }
    case 'hookStarted':
    case 'hookEnded':
    case 'hookFailed': {
      const hook = `${occurrence.hook} hook of ${containerText(occurrence.container, style)}`
      return `${hook} ${HOOK_VERBS[occurrence.kind]}`
    }
    case 'pullStarted':
    case 'pulled':
    case 'pullFailed': {
      const image = occurrence.image === undefined ? '' : ` of ${wordText(occurrence.image)}`
      return `pull${image} for ${podText(occurrence.pod, style)} ${PULL_VERBS[occurrence.kind]}`
    }
    case 'sandboxCreated':
    case 'sandboxDied':
      return `sandbox of ${podText(occurrence.pod, style)} ${occurrence.kind === 'sandboxDied' ? 'dies' : 'is created'}`
    case 'created':
    case 'gone':
    case 'deleted':
      return `${podText(occurrence.pod, style)} is ${occurrence.kind}`
    case 'event': {
      const { pod, container, reason } = occurrence
      const subject = container === undefined ? podText(pod ?? '', style) : containerText({ pod, container }, style)
      return `${subject} gets event ${wordText(reason)}`
    }
    case 'refused':
      return `step on ${podText(occurrence.pod, style)} is refused${messageText(occurrence)}`
    case 'stepRefused':
      return `step ${occurrence.step} is refused${messageText(occurrence)}`
    case 'stepDone':
      return `step ${occurrence.step} is carried out`
    case 'objectCreated':
    case 'objectDeleted':
    case 'objectGone':
      return objectChangeText(occurrence, style)
    case 'objectEvent':
      return `${objectText(occurrence.object, style)} gets event ${wordText(occurrence.reason)}`
    case 'objectRefused':
      return `step on ${objectText(occurrence.object, style)} is refused${messageText(occurrence)}`
    case 'requestFailed':
      return `request to ${serviceWords(occurrence.service)} fails${occurrence.race === undefined ? '' : ` ${occurrence.race}`}`
    case 'requestAnswered':
      return `request to ${serviceWords(occurrence.service)} is answered`
  }
}

/** Always quoted: a message is a sentence, or a part of one. */
const messageText = ({ message }: { readonly message?: string | undefined }): string =>
  message === undefined ? '' : ` with ${quoted(message)}`

/** `service/web`, `shop/service/web`. */
const serviceWords = (name: string): string =>
  wordText(name.includes('/') ? name.replace('/', '/service/') : `service/${name}`)

/** What can stand before `of pod web` and is no condition. */
const OTHER_SUBJECTS: ReadonlySet<string> = new Set([
  'sandbox',
  'container',
  'sidecar',
  'init',
  'pull',
  'pod',
  'restart',
])

/** A condition's type as the subject of a sentence. */
export const conditionName = (type: string): string =>
  OTHER_SUBJECTS.has(type.toLowerCase()) ? `"${type}"` : wordText(type)

const conditionText = (level: ConditionLevel): string => `${wordText(`${level.type}=${level.status}`)}${whyText(level)}`

/** ` with reason PodFailed and message "…"`. */
function whyText({ reason, message }: ConditionLevel): string {
  const parts = [
    ...(reason === undefined ? [] : [`reason ${wordText(reason)}`]),
    ...(message === undefined ? [] : [`message ${quoted(message)}`]),
  ]
  return parts.length === 0 ? '' : ` with ${parts.join(' and ')}`
}

type ConditionLevel = Extract<Level, { kind: 'condition' | 'objectCondition' }>

/** `QoS class Guaranteed`, `an IP`, `IP 10.244.0.5`. */
const attributeText = (level: Extract<Level, { kind: 'qosClass' | 'podIP' }>): string =>
  level.kind === 'qosClass'
    ? `QoS class ${level.qosClass}`
    : level.ip === undefined
      ? 'an IP'
      : `IP ${wordText(level.ip)}`

/** How a level's beginning is said. */
function edgeText(level: Level, style: NameStyle): string {
  if (level.kind === 'condition') {
    return `${conditionName(level.type)} of ${podText(level.pod, style)} becomes ${level.status}${whyText(level)}`
  }
  if (level.kind === 'objectCondition' && complementOf(level, style) === undefined) {
    return `${conditionName(level.type)} of ${objectText(level.object, style)} becomes ${level.status}${whyText(level)}`
  }
  const verb = objectVerb(level)
  if (verb !== undefined && 'object' in level) return `${objectText(level.object, style)} ${verb}`
  const isNegated = level.kind === 'not'
  const inner = isNegated ? level.level : level
  if (inner.kind === 'endpoint' && inner.condition === 'ready')
    return `${podText(inner.pod, style)} ${isNegated ? 'leaves' : 'joins'} service ${wordText(inner.service)}`
  const sentence = complementOf(inner, style)
  if (sentence !== undefined)
    return `${sentence.subject} ${isNegated ? 'stops being' : 'becomes'} ${sentence.complement}`
  return `it becomes true that ${expressionText(level, style, BINDING.prefix)}`
}

function negation(level: Level, style: NameStyle): Phrase {
  const sentence = complementOf(level, style)
  if (sentence !== undefined) return atom(`${sentence.subject} is not ${sentence.complement}`)
  switch (level.kind) {
    case 'exists':
      return atom(`${podText(level.pod, style)} does not exist`)
    case 'objectExists':
      return atom(`${objectText(level.object, style)} does not exist`)
    case 'objectCondition':
      return atom(`${objectText(level.object, style)} does not have ${conditionText(level)}`)
    case 'objectCount':
      return atom(`${objectText(level.object, style)} does not have ${countText(level)}`)
    case 'qosClass':
    case 'podIP':
      return atom(`${podText(level.pod, style)} does not have ${attributeText(level)}`)
    case 'condition':
      return atom(`${podText(level.pod, style)} does not have ${conditionText(level)}`)
    case 'restartCount':
      return atom(`${containerText(level.container, style)} has not restarted ${quantityText(level)}`)
    default:
      return { text: `not ${expressionText(level, style, BINDING.prefix)}`, binding: BINDING.prefix }
  }
}

function joined(left: Level | Occurrence, word: string, right: Level | Occurrence, style: NameStyle): Phrase {
  const [first, second] = [left, right].map(each => expressionText(each, style, BINDING.prefix))
  return { text: `${first} ${word} ${second}`, binding: BINDING.joined }
}

/** `A and B`; of fewer than two, which only programs make, `all hold (A)`. */
function listed(all: readonly (Level | Occurrence)[], word: 'and' | 'or', ofFew: string, style: NameStyle): Phrase {
  if (all.length < 2) return atom(`${ofFew} (${all.map(each => expressionText(each, style)).join('; ')})`)
  const texts = all.map(each => expressionText(each, style, BINDING.joined))
  return { text: texts.join(` ${word} `), binding: word === 'and' ? BINDING.and : BINDING.or }
}

const PLAIN_STYLE: NameStyle = { isInEach: false }

/** Writes a level as one line of English: `pod web is Running and container web/app is ready`. */
export const formatLevel = (level: Level): string => expressionText(level, PLAIN_STYLE)

/** Writes an occurrence as one line of English: `container web/app exits with 1`. */
export const formatOccurrence = (occurrence: Occurrence): string => expressionText(occurrence, PLAIN_STYLE)

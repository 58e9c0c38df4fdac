import {
  HOOKS,
  PROBE_RESULTS,
  PROBE_TYPES,
  REQUEST_FAILURES,
  ROW,
  type Row,
  signalName,
  type Trace,
  unpackResultAndDuration,
  unpackTypeAndHandler,
} from '../../trace/index.js'
import type { ContainerName, Occurrence } from '../clause.js'

/** Whether a row by itself is an occurrence. */
export function happensAt(
  occurrence: Exclude<Occurrence, { kind: 'becomes' | 'anyOf' | 'when' }>,
  { kind, object, a, b, c, cause }: Row,
  { symbols, rows }: Trace,
): boolean {
  const path = symbols.text(object)
  const isOf = ({ pod, container }: ContainerName): boolean => path === `Pod/${pod}/${container}`
  const isOfPod = (pod: string): boolean => path === `Pod/${pod}`
  switch (occurrence.kind) {
    case 'started':
      return kind === ROW.containerStart && isOf(occurrence.container)
    case 'exited':
      return kind === ROW.exit && isOf(occurrence.container) && (occurrence.code === undefined || b === occurrence.code)
    case 'signalled':
      return kind === ROW.signal && isOf(occurrence.container) && signalName(b) === occurrence.signal
    case 'probed': {
      if (kind !== ROW.probe || !isOf(occurrence.container)) return false
      const isOfType = PROBE_TYPES[unpackTypeAndHandler(b).type] === occurrence.probe
      const result = PROBE_RESULTS[unpackResultAndDuration(c).result]
      return isOfType && (occurrence.result === undefined || result === occurrence.result)
    }
    case 'hookStarted':
      return kind === ROW.hookStart && isOf(occurrence.container) && HOOKS[b] === occurrence.hook
    case 'hookEnded':
      return kind === ROW.hookEnd && isOf(occurrence.container) && HOOKS[b] === occurrence.hook
    case 'hookFailed':
      return kind === ROW.hookEnd && isOf(occurrence.container) && HOOKS[b] === occurrence.hook && c !== 0
    case 'pullStarted':
    case 'pulled':
    case 'pullFailed': {
      const isKind = {
        pullStarted: kind === ROW.pullStart,
        pulled: kind === ROW.pullEnd && b === 0,
        pullFailed: kind === ROW.pullEnd && b !== 0,
      }[occurrence.kind]
      if (!isKind || !(isOfPod(occurrence.pod) || path.startsWith(`Pod/${occurrence.pod}/`))) return false
      return occurrence.image === undefined || symbols.text(a) === occurrence.image
    }
    case 'event': {
      if (kind !== ROW.event || symbols.text(a) !== occurrence.reason) return false
      const { pod = '', container } = occurrence
      return container === undefined ? isOfPod(pod) || path.startsWith(`Pod/${pod}/`) : isOf({ pod, container })
    }
    case 'sandboxCreated':
      return kind === ROW.sandboxReady && isOfPod(occurrence.pod)
    case 'sandboxDied':
      return kind === ROW.sandboxDied && isOfPod(occurrence.pod)
    case 'created':
      return kind === ROW.created && isOfPod(occurrence.pod)
    case 'gone':
      return kind === ROW.removed && isOfPod(occurrence.pod)
    case 'deleted':
      return kind === ROW.deletionRequested && isOfPod(occurrence.pod)
    case 'refused':
      return kind === ROW.refused && isOfPod(occurrence.pod) && says(occurrence.message, symbols.text(a))
    case 'stepRefused': {
      if (kind !== ROW.refused || cause < 0) return false
      const step = rows.at(cause)
      return step.kind === ROW.step && step.a === occurrence.step && says(occurrence.message, symbols.text(a))
    }
    case 'stepDone':
      return kind === ROW.step && path === `Step/${occurrence.step}`
    case 'objectCreated':
      return kind === ROW.created && path === occurrence.object
    case 'objectGone':
      return kind === ROW.removed && path === occurrence.object
    case 'objectDeleted':
      return (kind === ROW.deletionRequested || kind === ROW.removed) && path === occurrence.object
    case 'objectEvent':
      return kind === ROW.event && path === occurrence.object && symbols.text(a) === occurrence.reason
    case 'objectRefused':
      return kind === ROW.refused && path === occurrence.object && says(occurrence.message, symbols.text(a))
    case 'requestFailed': {
      if (kind !== ROW.requestFailed || path !== `Service/${occurrence.service}`) return false
      return occurrence.race === undefined || REQUEST_FAILURES[a]?.race === occurrence.race
    }
    case 'requestAnswered':
      return kind === ROW.requestsAnswered && path === `Service/${occurrence.service}`
  }
}

const says = (part: string | undefined, message: string): boolean => part === undefined || message.includes(part)

import { visible } from '../kubectl/index.js'
import { isOwnerKind } from '../model/index.js'
import { formatDuration, type Milliseconds } from '../time/index.js'
import {
  HOOKS,
  PROBE_RESULTS,
  PROBE_TYPES,
  ROW,
  type Row,
  type Trace,
  unpackInstanceAndExit,
  unpackResultAndDuration,
  unpackStatusAndReason,
  unpackTypeAndCount,
  unpackTypeAndHandler,
} from '../trace/index.js'
import { formatInstant } from './format-instant.js'
import { ownerConditionWords, ownerNumberWords } from './owner-words.js'
import type { Tone } from './palette.js'
import { Repetitions } from './repetitions.js'
import { PROBE_ANSWERS, requestFailure, rowSentence } from './row-sentence.js'
import {
  BAD_ROWS,
  EFFECTS_OF_STEPS,
  isBookkeeping,
  SILENT_CONDITIONS,
  SILENT_EVENTS,
  SILENT_ROWS,
  SILENT_WAITS,
} from './told-elsewhere.js'

/** What a row adds to the story. */
export interface Told {
  readonly what: string
  readonly tone: Tone
  /** Symbol of whom it is told, where that is not the row's object. */
  readonly object?: number | undefined
}

/**
 * Chooses which rows tell the story of a run, and in which words. What the runtime did is told when it did it; of what the API
 * shows, only what the runtime's rows do not say already: phases, readiness, reasons to wait. Events that repeat another row
 * are left out, repeated ones told once with how often they came.
 */
export class Story {
  readonly #trace: Trace
  readonly #repetitions: Repetitions
  /** Pods whose Ready condition is True. */
  readonly #readyPods = new Set<number>()
  readonly #deletingPods = new Set<number>()
  readonly #phases = new Map<number, string>()
  /** Restart count by container and instance. */
  readonly #attempts = new Map<string, number>()
  /** Containers whose process runs. */
  readonly #running = new Set<number>()
  /** The row of the last exit by container. */
  readonly #exits = new Map<number, number>()
  /** The last message of a wait, and the last error of a pull, by container. */
  readonly #waitMessages = new Map<number, string>()
  readonly #pullErrors = new Map<number, string>()
  readonly #pullStarts = new Map<number, Milliseconds>()
  /** Regular containers and sidecars by pod. */
  readonly #containerCounts = new Map<number, number>()
  /** Unschedulable messages by pod: the scheduler's retries say the same. */
  readonly #schedulingMessages = new Map<number, number>()

  constructor(trace: Trace) {
    this.#trace = trace
    this.#repetitions = new Repetitions(trace)
    for (const { pod, role } of trace.objects.values()) {
      if (pod === undefined || role === 'init' || role === 'ephemeral') continue
      this.#containerCounts.set(pod, (this.#containerCounts.get(pod) ?? 0) + 1)
    }
  }

  /** What a row adds; undefined when it is left out. Rows have to be asked for in order. */
  tell(row: Row): Told | undefined {
    switch (row.kind) {
      case ROW.step:
        return this.#step(row)
      case ROW.deletionRequested:
        return this.#deletion(row)
      case ROW.removed:
        return this.#removal(row)
      case ROW.phase:
        return this.#phase(row)
      case ROW.condition:
        return this.#condition(row)
      case ROW.containerWaiting:
        return this.#waiting(row)
      case ROW.containerTerminated:
        return this.#terminated(row)
      case ROW.containerReady:
        return this.#containerReady(row)
      case ROW.ownerStatus:
        return this.#ownerNumber(row)
      case ROW.event:
        return this.#event(row)
      case ROW.pullStart:
      case ROW.pullEnd:
        return this.#pull(row)
      case ROW.containerCreate:
        this.#attempts.set(`${row.object}/${row.a}`, row.b)
        return undefined
      case ROW.containerStart:
        return this.#started(row)
      case ROW.signal:
        return this.#signal(row)
      case ROW.exit:
        this.#running.delete(row.object)
        this.#exits.set(row.object, row.number)
        return this.#sentence(row, row.b === 0 ? 'plain' : 'bad')
      case ROW.hookStart:
        return { what: `${HOOKS[row.b] ?? ''} hook begins`, tone: 'plain' }
      case ROW.hookEnd:
        return this.#hookEnd(row)
      case ROW.probe:
        return this.#probe(row)
      case ROW.requestFailed:
      case ROW.requestRetried:
        return this.#failure(row)
      default:
        if (SILENT_ROWS.has(row.kind) || isBookkeeping(row, this.#trace)) return undefined
        return this.#sentence(row, BAD_ROWS.has(row.kind) ? 'bad' : 'plain')
    }
  }

  /** The words of the row itself. */
  #sentence(row: Row, tone: Tone = 'plain'): Told {
    return { what: rowSentence(row, this.#trace.symbols), tone }
  }

  #text(symbol: number): string {
    return visible(this.#trace.symbols.text(symbol))
  }

  /** Steps are told by their effect, unless they had none. */
  #step(row: Row): Told | undefined {
    const { rows } = this.#trace
    const hasEffect = row.number + 1 < rows.length && rows.causeOf(row.number + 1) === row.number
    if (hasEffect && EFFECTS_OF_STEPS.has(rows.kindOf(row.number + 1))) return undefined
    const what = this.#text(row.b)
    return { what: !hasEffect && what.startsWith('patch ') ? `${what}: changes nothing` : what, tone: 'plain' }
  }

  /** The kubelet's last request, which removes the object, is told as its removal. */
  #deletion(row: Row): Told | undefined {
    const isRepeated = this.#deletingPods.has(row.object)
    this.#deletingPods.add(row.object)
    return isRepeated && row.a === 0 ? undefined : this.#sentence(row, 'warning')
  }

  #removal(row: Row): Told {
    this.#deletingPods.delete(row.object)
    this.#readyPods.delete(row.object)
    this.#phases.delete(row.object)
    this.#schedulingMessages.delete(row.object)
    return this.#sentence(row)
  }

  #phase(row: Row): Told | undefined {
    const phase = this.#text(row.a)
    const before = this.#phases.get(row.object)
    this.#phases.set(row.object, phase)
    if (before === undefined && phase === 'Pending') return undefined
    const details = [this.#text(row.b), this.#text(row.c)].filter(detail => detail !== '').join(', ')
    const what = `${phase}${phase === 'Pending' ? ' again' : ''}${details === '' ? '' : `: ${details}`}`
    return { what, tone: phase === 'Failed' ? 'bad' : phase === 'Pending' ? 'warning' : 'good' }
  }

  #condition(row: Row): Told | undefined {
    const type = this.#trace.symbols.text(row.a)
    const { status, reason } = unpackStatusAndReason(row.b)
    if (type === 'Ready') return this.#readiness(row.object, status === 'True', this.#text(reason))
    if (type === 'PodScheduled') {
      if (status === 'True' || this.#schedulingMessages.get(row.object) === row.c) return undefined
      this.#schedulingMessages.set(row.object, row.c)
      return { what: `${this.#text(reason)}: ${this.#text(row.c)}`, tone: 'warning' }
    }
    if (SILENT_CONDITIONS.has(type)) return undefined
    const kind = this.#trace.objects.get(row.object)?.kind ?? ''
    const words = isOwnerKind(kind) ? ownerConditionWords(type, status, this.#trace.symbols.text(reason)) : null
    if (words === null) return this.#sentence(row)
    return words === undefined ? undefined : { what: words, tone: words === 'not Available' ? 'warning' : 'good' }
  }

  #ownerNumber(row: Row): Told | undefined {
    const what = ownerNumberWords(this.#text(row.a), row.b)
    return what === undefined ? undefined : { what, tone: 'plain' }
  }

  #readiness(pod: number, isReady: boolean, reason: string): Told | undefined {
    if (this.#readyPods.has(pod) === isReady) return undefined
    if (isReady) this.#readyPods.add(pod)
    else this.#readyPods.delete(pod)
    if (isReady) return { what: 'Ready', tone: 'good' }
    const isUsual = reason === 'ContainersNotReady' || reason === ''
    return { what: isUsual ? 'not Ready' : `not Ready: ${reason}`, tone: 'warning' }
  }

  /** A container that waits for nothing but its turn is no news. */
  #waiting(row: Row): Told | undefined {
    const reason = this.#trace.symbols.text(row.a)
    if (SILENT_WAITS.has(reason)) return undefined
    const detail = this.#waitDetail(row.object, this.#text(row.b), reason)
    // The API tells of the wait at the next status, when the process may be running already.
    const shown = this.#running.has(row.object) ? 'shown as ' : ''
    return { what: `${shown}${this.#text(row.a)}${detail}`, tone: 'bad' }
  }

  /** How long a back-off is; any other message the first time it comes, unless it only quotes the error of the pull. */
  #waitDetail(container: number, message: string, reason: string): string {
    const backOff = /^back-off (\S+) restarting/.exec(message)
    if (backOff !== null) return ` (${backOff[1]})`
    const isKnown = this.#waitMessages.get(container) === message
    this.#waitMessages.set(container, message)
    const pullError = this.#pullErrors.get(container)
    const isQuoted = pullError !== undefined && message.includes(pullError)
    return message === '' || message === reason || isKnown || isQuoted ? '' : `: ${message}`
  }

  /** An end that the runtime told is not told again. */
  #terminated(row: Row): Told | undefined {
    const { instance, exitCode } = unpackInstanceAndExit(row.a)
    return instance >= 0 ? undefined : { what: `${this.#text(row.b)} (${exitCode})`, tone: 'bad' }
  }

  /** In a pod of one container the pod's readiness says it. */
  #containerReady(row: Row): Told | undefined {
    const container = this.#trace.objects.get(row.object)
    if (container?.pod === undefined || container.role === 'init' || row.a === 0) return undefined
    return (this.#containerCounts.get(container.pod) ?? 1) > 1 ? this.#sentence(row, 'good') : undefined
  }

  #event(row: Row): Told | undefined {
    const reason = this.#trace.symbols.text(row.a)
    const message = this.#trace.symbols.text(row.c)
    if (SILENT_EVENTS.has(reason) || (reason === 'Killing' && message.startsWith('Stopping container')))
      return undefined
    const repetition = this.#repetitions.ofEvent(row)
    if (repetition === undefined) return undefined
    const { type } = unpackTypeAndCount(row.b)
    const often = repetition.count > 1 ? ` (×${repetition.count} until ${formatInstant(repetition.last)})` : ''
    const what = reason === 'Killing' ? this.#text(row.c) : `${this.#text(row.a)}: ${this.#text(row.c)}`
    return { what: `${what}${often}`, tone: type === 'Warning' ? 'warning' : 'plain' }
  }

  #pull(row: Row): Told | undefined {
    if (row.kind === ROW.pullStart) {
      this.#pullStarts.set(row.number, row.time)
      return this.#sentence(row)
    }
    const since = this.#pullStarts.get(row.cause)
    const duration = since === undefined || row.b !== 0 ? '' : ` in ${formatDuration(row.time - since)}`
    // The end of a pull stands at the pod; its beginning knows the container.
    const object = since === undefined ? row.object : this.#trace.rows.objectOf(row.cause)
    const isSameError = row.b !== 0 && this.#pullErrors.get(object) === this.#text(row.b)
    if (row.b !== 0) this.#pullErrors.set(object, this.#text(row.b))
    const what = isSameError ? `pull of ${this.#text(row.a)} failed again` : rowSentence(row, this.#trace.symbols)
    return { what: `${what}${duration}`, tone: row.b === 0 ? 'plain' : 'bad', object }
  }

  #started(row: Row): Told {
    this.#running.add(row.object)
    const attempt = this.#attempts.get(`${row.object}/${row.a}`) ?? 0
    return { what: attempt > 0 ? `started (restart ${attempt})` : 'started', tone: 'plain' }
  }

  #signal(row: Row): Told {
    const { rows } = this.#trace
    const { what } = this.#sentence(row)
    if (row.b === SIGKILL) return { what, tone: 'bad' }
    const stop = row.cause >= 0 && rows.kindOf(row.cause) === ROW.containerStop ? rows.at(row.cause) : undefined
    return { what: stop === undefined ? what : `${what} (${formatDuration(stop.b * 1000)} to stop)`, tone: 'warning' }
  }

  /** A hook that fails after its process has gone was cut off by that. */
  #hookEnd(row: Row): Told {
    if (row.c === 0) return this.#sentence(row)
    const isCutOff = (this.#exits.get(row.object) ?? -1) > row.cause
    return isCutOff ? { what: `${HOOKS[row.b] ?? ''} hook is cut off`, tone: 'bad' } : this.#sentence(row, 'bad')
  }

  /** All that are lost alike are told alike, so that they can be folded. */
  #failure(row: Row): Told {
    const what = requestFailure(row, symbol => this.#text(symbol))
    return row.kind === ROW.requestFailed ? { what, tone: 'bad' } : { what: `${what}; sent again`, tone: 'warning' }
  }

  /** The first success of a liveness probe is no news. */
  #probe(row: Row): Told | undefined {
    const type = PROBE_TYPES[unpackTypeAndHandler(row.b).type]
    const result = PROBE_RESULTS[unpackResultAndDuration(row.c).result]
    if (type === 'liveness' && result === 'success') return undefined
    const times = this.#repetitions.ofProbe(row.number)
    const often = result !== 'success' && times > 1 ? ` ×${times}` : ''
    return { what: `${type} probe ${PROBE_ANSWERS[result]}${often}`, tone: result === 'success' ? 'plain' : 'warning' }
  }
}

const SIGKILL = 9

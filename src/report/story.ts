import { visible } from '../kubectl/index.js'
import type { Pod } from '../model/index.js'
import { formatDuration, type Milliseconds } from '../time/index.js'
import {
  HOOKS,
  PROBE_RESULTS,
  PROBE_TYPES,
  ROW,
  type Row,
  type RowKind,
  type Trace,
  unpackInstanceAndExit,
  unpackResultAndDuration,
  unpackStatusAndReason,
  unpackTypeAndCount,
  unpackTypeAndHandler,
} from '../trace/index.js'
import { formatInstant } from './format-instant.js'
import type { Tone } from './palette.js'
import { Repetitions } from './repetitions.js'
import { HOOK_ENDS, PROBE_ANSWERS, rowSentence } from './row-sentence.js'

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
  readonly #pullStarts = new Map<number, Milliseconds>()
  /** Unschedulable messages by pod: the scheduler's retries say the same. */
  readonly #schedulingMessages = new Map<number, number>()

  constructor(trace: Trace) {
    this.#trace = trace
    this.#repetitions = new Repetitions(trace)
  }

  /** What a row adds; undefined when it is left out. Rows have to be asked for in order. */
  tell(row: Row): Told | undefined {
    return TELLERS[row.kind](row, this)
  }

  /** @internal The words of the row itself. */
  sentence(row: Row, tone: Tone = 'plain'): Told {
    return { what: rowSentence(row, this.#trace.symbols), tone }
  }

  /** @internal */
  text(symbol: number): string {
    return visible(this.#trace.symbols.text(symbol))
  }

  /** @internal Steps are told by their effect, unless they had none. */
  step(row: Row): Told | undefined {
    const { rows } = this.#trace
    const hasEffect = row.number + 1 < rows.length && rows.causeOf(row.number + 1) === row.number
    return hasEffect && EFFECTS_OF_STEPS.has(rows.kindOf(row.number + 1))
      ? undefined
      : { what: this.text(row.b), tone: 'plain' }
  }

  /** @internal The kubelet's last request, which removes the object, is told as its removal. */
  deletion(row: Row): Told | undefined {
    const isRepeated = this.#deletingPods.has(row.object)
    this.#deletingPods.add(row.object)
    return isRepeated && row.a === 0 ? undefined : this.sentence(row, 'warning')
  }

  /** @internal */
  removal(row: Row): Told {
    this.#deletingPods.delete(row.object)
    this.#readyPods.delete(row.object)
    this.#phases.delete(row.object)
    this.#schedulingMessages.delete(row.object)
    return this.sentence(row)
  }

  /** @internal */
  phase(row: Row): Told | undefined {
    const phase = this.text(row.a)
    const before = this.#phases.get(row.object)
    this.#phases.set(row.object, phase)
    if (before === undefined && phase === 'Pending') return undefined
    const details = [this.text(row.b), this.text(row.c)].filter(detail => detail !== '').join(', ')
    const what = `${phase}${phase === 'Pending' ? ' again' : ''}${details === '' ? '' : `: ${details}`}`
    return { what, tone: phase === 'Failed' ? 'bad' : phase === 'Pending' ? 'warning' : 'good' }
  }

  /** @internal */
  condition(row: Row): Told | undefined {
    const type = this.#trace.symbols.text(row.a)
    const { status, reason } = unpackStatusAndReason(row.b)
    if (type === 'Ready') return this.#readiness(row.object, status === 'True', this.text(reason))
    if (type === 'PodScheduled') {
      if (status === 'True' || this.#schedulingMessages.get(row.object) === row.c) return undefined
      this.#schedulingMessages.set(row.object, row.c)
      return { what: `${this.text(reason)}: ${this.text(row.c)}`, tone: 'warning' }
    }
    return SILENT_CONDITIONS.has(type) ? undefined : this.sentence(row)
  }

  #readiness(pod: number, isReady: boolean, reason: string): Told | undefined {
    if (this.#readyPods.has(pod) === isReady) return undefined
    if (isReady) this.#readyPods.add(pod)
    else this.#readyPods.delete(pod)
    if (isReady) return { what: 'Ready', tone: 'good' }
    const isUsual = reason === 'ContainersNotReady' || reason === ''
    return { what: isUsual ? 'not Ready' : `not Ready: ${reason}`, tone: 'warning' }
  }

  /** @internal A container that waits for nothing but its turn is no news. */
  waiting(row: Row): Told | undefined {
    const reason = this.#trace.symbols.text(row.a)
    if (SILENT_WAITS.has(reason)) return undefined
    const message = this.text(row.b)
    const backOff = /^back-off (\S+) restarting/.exec(message)
    const detail = backOff !== null ? ` (${backOff[1]})` : message === '' || message === reason ? '' : `: ${message}`
    return { what: `${this.text(row.a)}${detail}`, tone: 'bad' }
  }

  /** @internal An end that the runtime told is not told again. */
  terminated(row: Row): Told | undefined {
    const { instance, exitCode } = unpackInstanceAndExit(row.a)
    return instance >= 0 ? undefined : { what: `${this.text(row.b)} (${exitCode})`, tone: 'bad' }
  }

  /** @internal In a pod of one container the pod's readiness says it. */
  containerReady(row: Row): Told | undefined {
    const { objects, manifests } = this.#trace
    const container = objects.get(row.object)
    if (container?.role === 'init' || row.a === 0) return undefined
    const spec = manifests
      .map(({ object }) => object)
      .find((object): object is Pod => object.kind === 'Pod' && this.#isPodOf(object, container?.pod))?.spec
    const sidecars = (spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always')
    return (spec?.containers.length ?? 1) + sidecars.length > 1 ? this.sentence(row, 'good') : undefined
  }

  #isPodOf({ metadata }: Pod, pod: number | undefined): boolean {
    const object = pod === undefined ? undefined : this.#trace.objects.get(pod)
    return object?.name === metadata.name && object?.namespace === (metadata.namespace ?? 'default')
  }

  /** @internal */
  event(row: Row): Told | undefined {
    const reason = this.#trace.symbols.text(row.a)
    const message = this.#trace.symbols.text(row.c)
    if (SILENT_EVENTS.has(reason) || (reason === 'Killing' && message.startsWith('Stopping container'))) return undefined
    const repetition = this.#repetitions.ofEvent(row)
    if (repetition === undefined) return undefined
    const { type } = unpackTypeAndCount(row.b)
    const often = repetition.count > 1 ? ` (×${repetition.count} until ${formatInstant(repetition.last)})` : ''
    const what = reason === 'Killing' ? this.text(row.c) : `${this.text(row.a)}: ${this.text(row.c)}`
    return { what: `${what}${often}`, tone: type === 'Warning' ? 'warning' : 'plain' }
  }

  /** @internal */
  pull(row: Row): Told | undefined {
    if (row.kind === ROW.pullStart) {
      this.#pullStarts.set(row.number, row.time)
      return this.sentence(row)
    }
    const since = this.#pullStarts.get(row.cause)
    const { what } = this.sentence(row)
    const duration = since === undefined || row.b !== 0 ? '' : ` in ${formatDuration(row.time - since)}`
    // The end of a pull stands at the pod; its beginning knows the container.
    const object = since === undefined ? row.object : this.#trace.rows.objectOf(row.cause)
    return { what: `${what}${duration}`, tone: row.b === 0 ? 'plain' : 'bad', object }
  }

  /** @internal */
  created(row: Row): undefined {
    this.#attempts.set(`${row.object}/${row.a}`, row.b)
    return undefined
  }

  /** @internal */
  started(row: Row): Told {
    const attempt = this.#attempts.get(`${row.object}/${row.a}`) ?? 0
    return { what: attempt > 0 ? `started (restart ${attempt})` : 'started', tone: 'plain' }
  }

  /** @internal */
  signal(row: Row): Told {
    const { rows } = this.#trace
    const { what } = this.sentence(row)
    if (row.b === SIGKILL) return { what, tone: 'bad' }
    const stop = row.cause >= 0 && rows.kindOf(row.cause) === ROW.containerStop ? rows.at(row.cause) : undefined
    return { what: stop === undefined ? what : `${what}, ${formatDuration(stop.b * 1000)} to stop`, tone: 'warning' }
  }

  /** @internal The first success of a liveness probe is no news. */
  probe(row: Row): Told | undefined {
    const type = PROBE_TYPES[unpackTypeAndHandler(row.b).type]
    const result = PROBE_RESULTS[unpackResultAndDuration(row.c).result]
    if (type === 'liveness' && result === 'success') return undefined
    const times = this.#repetitions.ofProbe(row.number)
    const often = result !== 'success' && times > 1 ? ` ×${times}` : ''
    return { what: `${type} probe ${PROBE_ANSWERS[result]}${often}`, tone: result === 'success' ? 'plain' : 'warning' }
  }
}

const SIGKILL = 9

const silent = (): undefined => undefined
const asItSays =
  (tone: Tone) =>
  (row: Row, story: Story): Told =>
    story.sentence(row, tone)

/** What becomes of each kind of row in the story. */
const TELLERS: Readonly<Record<RowKind, (row: Row, story: Story) => Told | undefined>> = {
  [ROW.step]: (row, story) => story.step(row),
  [ROW.created]: asItSays('plain'),
  [ROW.bound]: asItSays('plain'),
  [ROW.specChanged]: asItSays('plain'),
  [ROW.deletionRequested]: (row, story) => story.deletion(row),
  [ROW.removed]: (row, story) => story.removal(row),
  [ROW.phase]: (row, story) => story.phase(row),
  [ROW.condition]: (row, story) => story.condition(row),
  [ROW.conditionRemoved]: silent,
  [ROW.startTime]: silent,
  [ROW.podIP]: silent,
  [ROW.containerWaiting]: (row, story) => story.waiting(row),
  [ROW.containerRunning]: silent,
  [ROW.containerTerminated]: (row, story) => story.terminated(row),
  [ROW.containerLastTerminated]: silent,
  [ROW.containerRestarts]: silent,
  [ROW.containerReady]: (row, story) => story.containerReady(row),
  [ROW.containerStarted]: silent,
  [ROW.qosClass]: silent,
  [ROW.nominatedNode]: asItSays('plain'),
  [ROW.statusReplaced]: asItSays('bad'),
  [ROW.event]: (row, story) => story.event(row),
  [ROW.sandboxCreate]: silent,
  [ROW.sandboxReady]: asItSays('plain'),
  [ROW.sandboxFailed]: asItSays('bad'),
  [ROW.sandboxStop]: silent,
  [ROW.sandboxDied]: asItSays('bad'),
  [ROW.pullStart]: (row, story) => story.pull(row),
  [ROW.pullEnd]: (row, story) => story.pull(row),
  [ROW.containerCreate]: (row, story) => story.created(row),
  [ROW.containerStart]: (row, story) => story.started(row),
  [ROW.containerStartFailed]: asItSays('bad'),
  [ROW.containerStop]: silent,
  [ROW.signal]: (row, story) => story.signal(row),
  [ROW.exit]: (row, story) => story.sentence(row, row.b === 0 ? 'plain' : 'bad'),
  [ROW.hookStart]: ({ b }) => ({ what: `${HOOKS[b] ?? ''} hook begins`, tone: 'plain' }),
  [ROW.hookEnd]: ({ b, c }) => ({ what: `${HOOKS[b] ?? ''} hook ${HOOK_ENDS[c] ?? 'ends'}`, tone: c === 0 ? 'plain' : 'bad' }),
  [ROW.probe]: (row, story) => story.probe(row),
  [ROW.probeRepeated]: silent,
  [ROW.endpoints]: asItSays('plain'),
  [ROW.nodeCondition]: asItSays('plain'),
  [ROW.refused]: asItSays('bad'),
}

const EFFECTS_OF_STEPS: ReadonlySet<RowKind> = new Set([
  ROW.created,
  ROW.deletionRequested,
  ROW.specChanged,
  ROW.condition,
  ROW.refused,
])

/** Conditions that other lines tell already. */
const SILENT_CONDITIONS = new Set(['ContainersReady', 'Initialized', 'PodReadyToStartContainers'])

const SILENT_WAITS = new Set(['', 'ContainerCreating', 'PodInitializing'])

/** Events that say what another row says. */
const SILENT_EVENTS = new Set([
  ...['Scheduled', 'FailedScheduling', 'Pulling', 'Pulled', 'Created', 'Started', 'BackOff', 'Failed', 'Unhealthy'],
  ...['FailedPostStartHook', 'FailedPreStopHook', 'FailedCreatePodSandBox', 'SandboxChanged', 'ErrImageNeverPull'],
  ...['Evicted', 'DeadlineExceeded', 'InspectFailed'],
])

import type { KubernetesObject, Pod } from '../../src/model/index.js'
import {
  CONDITION_STATUS,
  EVENT_SOURCES,
  type MessageTemplate,
  type Outcome,
  PROBE_RESULTS,
  PROBE_TYPES,
  packInstanceAndExit,
  packResultAndDuration,
  packStatusAndReason,
  packTypeAndCount,
  packTypeAndHandler,
  ROW,
  type RowKind,
  SymbolTable,
  TRACE_VERSION,
  type Trace,
  type TraceManifest,
  type TraceObject,
  TraceRecorder,
} from '../../src/trace/index.js'

/** Writes small traces by hand, row by row; every method answers the number of its row. */
export class TraceBuilder {
  readonly symbols = new SymbolTable()
  readonly #recorder = new TraceRecorder(this.symbols)
  readonly #objects = new Map<number, TraceObject>()
  readonly #manifests: TraceManifest[] = []
  /** The instant of the rows to come, in milliseconds. */
  now = 0
  /** The cause of the rows to come. */
  cause = -1

  constructor() {
    this.#recorder.reset('full', undefined)
  }

  /** Sets the instant, and the cause if one is given. */
  at(time: number, cause: number = this.cause): this {
    this.now = time
    this.cause = cause
    return this
  }

  row(kind: RowKind, object: string, a = 0, b = 0, c = 0, cause = this.cause): number {
    return this.#recorder.append(this.now, kind, this.symbols.intern(object), a, b, c, cause)
  }

  also(cause: number, other: number): void {
    this.#recorder.noteAlsoCausedBy(cause, other)
  }

  manifest(object: KubernetesObject): number {
    this.#manifests.push({ object })
    return this.#manifests.length - 1
  }

  object(path: string, object: Omit<TraceObject, 'symbol' | 'path'>): void {
    const symbol = this.symbols.intern(path)
    this.#objects.set(symbol, { symbol, path, ...object })
  }

  node(object: KubernetesObject & { kind: 'Node' }): void {
    const name = object.metadata.name ?? ''
    this.object(`Node/${name}`, { kind: 'Node', namespace: '', name })
    this.manifest(object)
  }

  /** Declares a pod and its containers and writes its `created` row. */
  createPod(pod: Pod): number {
    const { name = '', namespace = 'default' } = pod.metadata
    const path = `Pod/${namespace}/${name}`
    this.object(path, { kind: 'Pod', namespace, name })
    const symbol = this.symbols.intern(path)
    const declare = (containers: readonly { name: string; restartPolicy?: string }[] = [], role: TraceObject['role']) =>
      containers.forEach((container, index) => {
        const own = role === 'init' && container.restartPolicy === 'Always' ? 'sidecar' : role
        const about = { kind: 'Container', namespace, name: container.name, pod: symbol, role: own, index } as const
        this.object(`${path}/${container.name}`, about)
      })
    declare(pod.spec.initContainers, 'init')
    declare(pod.spec.containers, 'container')
    declare(pod.spec.ephemeralContainers, 'ephemeral')
    return this.row(ROW.created, path, this.manifest(pod), this.#text(pod.spec.nodeName ?? ''))
  }

  bound(pod: string, node: string): number {
    return this.row(ROW.bound, pod, this.symbols.intern(node))
  }

  phase(pod: string, phase: string, reason = '', message = ''): number {
    return this.row(ROW.phase, pod, this.#text(phase), this.#text(reason), this.#text(message))
  }

  condition(
    pod: string,
    type: string,
    status: (typeof CONDITION_STATUS)[number],
    reason = '',
    message: string | number = '',
  ): number {
    const packed = packStatusAndReason(CONDITION_STATUS.indexOf(status), this.#text(reason))
    return this.row(ROW.condition, pod, this.#text(type), packed, this.#text(message))
  }

  waiting(container: string, reason: string, message: string | number = ''): number {
    return this.row(ROW.containerWaiting, container, this.#text(reason), this.#text(message))
  }

  running(container: string, instance: number): number {
    return this.row(ROW.containerRunning, container, instance, Math.floor(this.now / 1000))
  }

  terminated(container: string, instance: number, exitCode: number, reason: string, message = ''): number {
    const packed = packInstanceAndExit(instance, exitCode)
    return this.row(ROW.containerTerminated, container, packed, this.#text(reason), this.#text(message))
  }

  lastTerminated(container: string, instance: number, exitCode: number, reason: string): number {
    return this.row(ROW.containerLastTerminated, container, packInstanceAndExit(instance, exitCode), this.#text(reason))
  }

  event(
    object: string,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string | number,
    count = 1,
    source: (typeof EVENT_SOURCES)[number] = 'kubelet',
  ): number {
    const packed = packTypeAndCount(type === 'Warning', EVENT_SOURCES.indexOf(source), count)
    return this.row(ROW.event, object, this.#text(reason), packed, this.#text(message))
  }

  probe(
    container: string,
    instance: number,
    type: (typeof PROBE_TYPES)[number],
    result: (typeof PROBE_RESULTS)[number],
    durationMs = 10,
  ): number {
    const typeAndHandler = packTypeAndHandler(PROBE_TYPES.indexOf(type), 1)
    const packed = packResultAndDuration(PROBE_RESULTS.indexOf(result), durationMs)
    return this.row(ROW.probe, container, instance, typeAndHandler, packed)
  }

  /** A message as the engine makes them: out of a template and symbols. */
  message(template: MessageTemplate, ...args: readonly string[]): number {
    const [first = 0, second = 0] = args.map(text => this.symbols.intern(text))
    return this.symbols.message(template, first, second)
  }

  build(outcome: Outcome = 'quiescent', header: Partial<Trace['header']> = {}): Trace {
    const { rows } = this.#recorder
    if (rows === undefined) throw new Error('a builder keeps its rows')
    return {
      header: {
        version: TRACE_VERSION,
        kubernetes: '1.32',
        horizon: 600_000,
        recipe: 'pw1:',
        planDigest: '0123456789abcdef',
        ...header,
      },
      symbols: this.symbols,
      rows,
      objects: this.#objects,
      manifests: this.#manifests,
      outcome,
      end: this.now,
      digest: this.#recorder.digest(),
    }
  }

  #text(text: string | number): number {
    return typeof text === 'number' ? text : this.symbols.intern(text)
  }
}

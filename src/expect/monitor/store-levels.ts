import { CONDITION_STATUS, ROW, type RowKind, type SymbolTable } from '../../trace/index.js'
import type { Level } from '../clause.js'
import type { ObjectLevel } from '../object-clause.js'
import { AliveLevel, EndpointLevel, RestartCountLevel } from './counted-levels.js'
import { NOT_ZERO, number, RowPattern } from './row-pattern.js'
import { LevelSignal, type Source, type Subscription } from './signal.js'
import { ofContainerStatus, ofPodStatus, STATE_KINDS } from './subscriptions.js'

/** The kinds of level that rows about pods and containers speak of directly. */
export type StoreLevel = Exclude<Level, ObjectLevel | { kind: 'not' | 'and' | 'or' | 'once' | 'since' }>

/** Makes the source of a level that rows speak of directly. */
export function storeLevel(level: StoreLevel, symbols: SymbolTable): Source<LevelSignal> {
  const text = (words: string | undefined): number | undefined =>
    words === undefined ? undefined : symbols.intern(words)
  switch (level.kind) {
    case 'phase':
      return new RowLevel(ofPodStatus(level.pod, ROW.phase), new RowPattern(ROW.phase, number(text(level.phase))))
    case 'exists':
      return new RowLevel(ofPodStatus(level.pod), new RowPattern(ROW.created))
    case 'terminating':
      return new RowLevel(ofPodStatus(level.pod, ROW.deletionRequested), new RowPattern(ROW.deletionRequested))
    case 'scheduled':
      return new RowLevel(ofPodStatus(level.pod, ROW.bound), ...boundTo(level.node, symbols))
    case 'nominated':
      return new RowLevel(
        ofPodStatus(level.pod, ROW.nominatedNode),
        new RowPattern(ROW.nominatedNode, level.node === undefined ? NOT_ZERO : number(text(level.node))),
      )
    case 'qosClass':
      return new RowLevel(
        ofPodStatus(level.pod, ROW.qosClass),
        new RowPattern(ROW.qosClass, number(text(level.qosClass))),
      )
    case 'podIP': {
      const address = level.ip === undefined ? NOT_ZERO : number(text(level.ip))
      return new RowLevel(ofPodStatus(level.pod, ROW.podIP), new RowPattern(ROW.podIP, address))
    }
    case 'condition':
      return new ConditionLevel(level, symbols)
    case 'running':
      return ofState(level, new RowPattern(ROW.containerRunning))
    case 'waiting':
      return ofState(level, new RowPattern(ROW.containerWaiting, number(text(level.reason))))
    case 'terminated': {
      const { reason, exitCode } = level
      return ofState(
        level,
        new RowPattern(ROW.containerTerminated, number(exitCode, EXIT_CODE_BITS), number(text(reason))),
      )
    }
    case 'ready':
      return ofFlag(level, ROW.containerReady)
    case 'startedUp':
      return ofFlag(level, ROW.containerStarted)
    case 'restartCount':
      return new RestartCountLevel(level)
    case 'endpoint':
      return new EndpointLevel(level, symbols)
    case 'alive':
      return new AliveLevel(level.container)
  }
}

/** The low bits of the column `instanceAndExit`. */
const EXIT_CODE_BITS = 0xff

type OfContainer = Extract<StoreLevel, { readonly container: object }>

const ofState = ({ container }: OfContainer, pattern: RowPattern): RowLevel =>
  new RowLevel(ofContainerStatus(container, STATE_KINDS), pattern)

const ofFlag = ({ container }: OfContainer, kind: RowKind): RowLevel =>
  new RowLevel(ofContainerStatus(container, [kind]), new RowPattern(kind, number(1)))

/** A pod is bound by a row of its own, or from its creation on. Rows name a node by its bare name or by its path. */
const boundTo = (node: string | undefined, symbols: SymbolTable): readonly RowPattern[] =>
  node === undefined
    ? [new RowPattern(ROW.bound), new RowPattern(ROW.created, undefined, NOT_ZERO)]
    : [node, `Node/${node}`]
        .map(name => number(symbols.intern(name)))
        .flatMap(name => [new RowPattern(ROW.bound, name), new RowPattern(ROW.created, undefined, name)])

/** A level that every row it has subscribed to decides anew: it is so after a row of one of the patterns. */
class RowLevel implements Source<LevelSignal> {
  readonly signal = new LevelSignal(false)
  readonly subscriptions: readonly Subscription[]
  readonly #patterns: readonly RowPattern[]

  constructor(subscriptions: readonly Subscription[], ...patterns: readonly RowPattern[]) {
    this.subscriptions = subscriptions
    this.#patterns = patterns
  }

  take(_row: number, kind: RowKind, a: number, b: number, c: number): boolean {
    const { signal } = this
    const before = signal.isTrue
    signal.isTrue = this.#isSoAfter(kind, a, b, c)
    return signal.isTrue !== before
  }

  #isSoAfter(kind: RowKind, a: number, b: number, c: number): boolean {
    for (let i = 0; i < this.#patterns.length; i++) if (this.#patterns[i].matches(kind, a, b, c)) return true
    return false
  }
}

/** A condition of a pod; rows about its other conditions leave it as it is. */
class ConditionLevel implements Source<LevelSignal> {
  readonly signal = new LevelSignal(false)
  readonly subscriptions: readonly Subscription[]
  readonly #type: number
  readonly #status: number
  /** −1: any. */
  readonly #reason: number
  readonly #message: string | undefined
  readonly #symbols: SymbolTable

  constructor({ pod, type, status, reason, message }: Extract<Level, { kind: 'condition' }>, symbols: SymbolTable) {
    this.subscriptions = ofPodStatus(pod, ROW.condition, ROW.conditionRemoved, ROW.statusReplaced)
    this.#type = symbols.intern(type)
    this.#status = CONDITION_STATUS.indexOf(status)
    this.#reason = reason === undefined ? -1 : symbols.intern(reason)
    this.#message = message
    this.#symbols = symbols
  }

  take(_row: number, kind: RowKind, a: number, b: number, c: number): boolean {
    if (a !== this.#type && (kind === ROW.condition || kind === ROW.conditionRemoved)) return false
    const { signal } = this
    const before = signal.isTrue
    const isReason = this.#reason < 0 || b >> 2 === this.#reason
    signal.isTrue = kind === ROW.condition && (b & 3) === this.#status && isReason && this.#isSaid(c)
    return signal.isTrue !== before
  }

  #isSaid(message: number): boolean {
    return this.#message === undefined || this.#symbols.text(message).includes(this.#message)
  }
}

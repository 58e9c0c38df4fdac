import { CONDITION_STATUS, ROW, type RowKind, type SymbolTable } from '../../trace/index.js'
import type { Level } from '../clause.js'
import { type FromRows, LevelSignal, type Subscription } from './signal.js'
import {
  ofContainer,
  ofContainerStatus,
  ofPod,
  ofPodStatus,
  ofService,
  STATE_KINDS,
  STATUS_KINDS,
} from './subscriptions.js'

/** The kinds of level that rows speak of directly. */
export type StoreLevel = Exclude<Level, { kind: 'not' | 'and' | 'or' | 'once' | 'since' }>

/** Makes the signal of a level that rows speak of directly. */
export function storeLevel(level: StoreLevel, symbols: SymbolTable): LevelSignal & FromRows {
  const number = (text: string | undefined): number => (text === undefined ? ANY : symbols.intern(text))
  switch (level.kind) {
    case 'phase': {
      const phase = number(level.phase)
      return new RowLevel(ofPodStatus(level.pod, ROW.phase), (kind, a) => kind === ROW.phase && a === phase)
    }
    case 'exists':
      return new RowLevel(ofPodStatus(level.pod), kind => kind === ROW.created)
    case 'terminating':
      return new RowLevel(ofPodStatus(level.pod, ROW.deletionRequested), kind => kind === ROW.deletionRequested)
    case 'scheduled': {
      // Rows name a node by its bare name or by its path.
      const [name, path] = [number(level.node), level.node === undefined ? ANY : number(`Node/${level.node}`)]
      return new RowLevel(
        ofPodStatus(level.pod, ROW.bound),
        (kind, a) => kind === ROW.bound && (name === ANY || a === name || a === path),
      )
    }
    case 'condition':
      return new ConditionLevel(level, number)
    case 'running':
      return new RowLevel(ofContainerStatus(level.container, STATE_KINDS), kind => kind === ROW.containerRunning)
    case 'ready':
      return new RowLevel(
        ofContainerStatus(level.container, [ROW.containerReady]),
        (kind, a) => kind === ROW.containerReady && a === 1,
      )
    case 'startedUp':
      return new RowLevel(
        ofContainerStatus(level.container, [ROW.containerStarted]),
        (kind, a) => kind === ROW.containerStarted && a === 1,
      )
    case 'waiting': {
      const reason = number(level.reason)
      return new RowLevel(
        ofContainerStatus(level.container, STATE_KINDS),
        (kind, a) => kind === ROW.containerWaiting && isIt(a, reason),
      )
    }
    case 'terminated': {
      const [reason, exitCode] = [number(level.reason), level.exitCode ?? ANY]
      return new RowLevel(
        ofContainerStatus(level.container, STATE_KINDS),
        (kind, a, b) => kind === ROW.containerTerminated && isIt(b, reason) && isIt(a & EXIT_CODE, exitCode),
      )
    }
    case 'restartCount':
      return new RestartCountLevel(level)
    case 'endpoint':
      return new EndpointLevel(level, symbols)
    case 'alive':
      return new AliveLevel(level.container)
  }
}

type LevelOf<Kind extends Level['kind']> = Extract<Level, { kind: Kind }>

/** Stands for a text or number that a clause leaves open. */
const ANY = -1
const isIt = (value: number, wanted: number): boolean => wanted === ANY || value === wanted
/** The low bits of the column `instanceAndExit`. */
const EXIT_CODE = 0xff

/** A level that every row it has subscribed to decides anew. */
class RowLevel extends LevelSignal implements FromRows {
  readonly subscriptions: readonly Subscription[]
  readonly #isTrueAfter: (kind: RowKind, a: number, b: number) => boolean

  constructor(subscriptions: readonly Subscription[], isTrueAfter: (kind: RowKind, a: number, b: number) => boolean) {
    super(false)
    this.subscriptions = subscriptions
    this.#isTrueAfter = isTrueAfter
  }

  take(_row: number, kind: RowKind, a: number, b: number): boolean {
    const before = this.isTrue
    this.isTrue = this.#isTrueAfter(kind, a, b)
    return this.isTrue !== before
  }
}

/** A condition of a pod; rows about its other conditions leave it as it is. */
class ConditionLevel extends LevelSignal implements FromRows {
  readonly subscriptions: readonly Subscription[]
  readonly #type: number
  readonly #status: number
  readonly #reason: number

  constructor({ pod, type, status, reason }: LevelOf<'condition'>, number: (text: string | undefined) => number) {
    super(false)
    this.subscriptions = ofPodStatus(pod, ROW.condition, ROW.conditionRemoved, ROW.statusReplaced)
    this.#type = number(type)
    this.#status = CONDITION_STATUS.indexOf(status)
    this.#reason = number(reason)
  }

  take(_row: number, kind: RowKind, a: number, b: number): boolean {
    const isAboutOne = kind === ROW.condition || kind === ROW.conditionRemoved
    if (isAboutOne && a !== this.#type) return false
    const before = this.isTrue
    this.isTrue = kind === ROW.condition && (b & 3) === this.#status && isIt(b >> 2, this.#reason)
    return this.isTrue !== before
  }
}

/** A container's restartCount: 0 from the first row about its status on, until a row says otherwise. */
class RestartCountLevel extends LevelSignal implements FromRows {
  readonly subscriptions: readonly Subscription[]
  readonly #least: number
  readonly #most: number
  #count = 0

  constructor({ container, is, count }: LevelOf<'restartCount'>) {
    super(false)
    this.subscriptions = ofContainerStatus(container, STATUS_KINDS)
    this.#least = is === 'atMost' ? 0 : count
    this.#most = is === 'atLeast' ? Number.POSITIVE_INFINITY : count
  }

  take(_row: number, kind: RowKind, a: number): boolean {
    const before = this.isTrue
    const isGone = kind === ROW.created || kind === ROW.removed || kind === ROW.statusReplaced
    if (isGone) this.#count = 0
    else if (kind === ROW.containerRestarts) this.#count = a
    this.isTrue = !isGone && this.#count >= this.#least && this.#count <= this.#most
    return this.isTrue !== before
  }

  override reset(): void {
    super.reset()
    this.#count = 0
  }
}

/** Processes of the container that run: that of a pod that was removed by force may outlive the start of its successor's. */
class AliveLevel extends LevelSignal implements FromRows {
  readonly subscriptions: readonly Subscription[]
  #processes = 0

  constructor(container: LevelOf<'alive'>['container']) {
    super(false)
    this.subscriptions = [ofContainer(container, ROW.containerStart, ROW.exit)]
  }

  take(_row: number, kind: RowKind): boolean {
    const before = this.isTrue
    if (kind === ROW.containerStart) this.#processes++
    else if (this.#processes > 0) this.#processes--
    this.isTrue = this.#processes > 0
    return this.isTrue !== before
  }

  override reset(): void {
    super.reset()
    this.#processes = 0
  }
}

/** Whether a Service lists the pod's address: that of a pod which is gone still counts, until there is another of its name. */
class EndpointLevel extends LevelSignal implements FromRows {
  readonly subscriptions: readonly Subscription[]
  readonly #symbols: SymbolTable
  readonly #condition: string
  /** What was found, by addresses and address: both are symbols, and come again in every run. */
  readonly #found = new Map<number, boolean>()
  #addresses = 0
  #address = 0

  constructor({ service, pod, condition }: LevelOf<'endpoint'>, symbols: SymbolTable) {
    super(false)
    this.subscriptions = [ofService(service, ROW.endpoints), ofPod(pod, ROW.created, ROW.podIP)]
    this.#symbols = symbols
    this.#condition = condition
  }

  take(_row: number, kind: RowKind, a: number): boolean {
    const before = this.isTrue
    if (kind === ROW.endpoints) this.#addresses = a
    else this.#address = kind === ROW.podIP ? a : 0
    this.isTrue = this.#isListed()
    return this.isTrue !== before
  }

  override reset(): void {
    super.reset()
    this.#addresses = 0
    this.#address = 0
  }

  #isListed(): boolean {
    if (this.#addresses === 0 || this.#address === 0) return false
    const key = this.#addresses * MOST_SYMBOLS + this.#address
    let found = this.#found.get(key)
    if (found === undefined) {
      const address = this.#symbols.text(this.#address)
      const entries = this.#symbols.text(this.#addresses).split(', ')
      found = entries.some(entry => {
        const [listed, ...conditions] = entry.split(' ')
        return listed === address && conditions.includes(this.#condition)
      })
      this.#found.set(key, found)
    }
    return found
  }
}

/** More symbols than a run can have. */
const MOST_SYMBOLS = 0x400_0000

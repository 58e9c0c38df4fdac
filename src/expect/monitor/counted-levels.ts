import { ROW, type RowKind, type SymbolTable } from '../../trace/index.js'
import type { Level } from '../clause.js'
import { LevelSignal, type Source, type Subscription } from './signal.js'
import { ofContainer, ofContainerStatus, ofPod, ofService, STATUS_KINDS } from './subscriptions.js'

type LevelOf<Kind extends Level['kind']> = Extract<Level, { kind: Kind }>

/** A container's restartCount: 0 from the first row about its status on, until a row says otherwise. */
export class RestartCountLevel implements Source<LevelSignal> {
  readonly signal = new LevelSignal(false)
  readonly subscriptions: readonly Subscription[]
  readonly #least: number
  readonly #most: number
  #count = 0

  constructor({ container, is, count }: LevelOf<'restartCount'>) {
    this.subscriptions = ofContainerStatus(container, STATUS_KINDS)
    this.#least = is === 'atMost' ? 0 : count
    this.#most = is === 'atLeast' ? Number.POSITIVE_INFINITY : count
  }

  take(_row: number, kind: RowKind, a: number): boolean {
    const { signal } = this
    const before = signal.isTrue
    const isGone = kind === ROW.created || kind === ROW.removed || kind === ROW.statusReplaced
    if (isGone) this.#count = 0
    else if (kind === ROW.containerRestarts) this.#count = a
    signal.isTrue = !isGone && this.#count >= this.#least && this.#count <= this.#most
    return signal.isTrue !== before
  }

  reset(): void {
    this.#count = 0
  }
}

/** Processes of the container that run: that of a pod that was removed by force may outlive the start of its successor's. */
export class AliveLevel implements Source<LevelSignal> {
  readonly signal = new LevelSignal(false)
  readonly subscriptions: readonly Subscription[]
  #processes = 0

  constructor(container: LevelOf<'alive'>['container']) {
    this.subscriptions = [ofContainer(container, ROW.containerStart, ROW.exit)]
  }

  take(_row: number, kind: RowKind): boolean {
    const { signal } = this
    const before = signal.isTrue
    if (kind === ROW.containerStart) this.#processes++
    else if (this.#processes > 0) this.#processes--
    signal.isTrue = this.#processes > 0
    return signal.isTrue !== before
  }

  reset(): void {
    this.#processes = 0
  }
}

/** Whether a Service lists the pod's address: that of a pod which is gone still counts, until there is another of its name. */
export class EndpointLevel implements Source<LevelSignal> {
  readonly signal = new LevelSignal(false)
  readonly subscriptions: readonly Subscription[]
  readonly #symbols: SymbolTable
  readonly #condition: string
  /** What was found, by addresses and address: both are symbols, and come again in every run. */
  readonly #found = new Map<number, boolean>()
  #addresses = 0
  #address = 0

  constructor({ service, pod, condition }: LevelOf<'endpoint'>, symbols: SymbolTable) {
    this.subscriptions = [ofService(service, ROW.endpoints), ofPod(pod, ROW.created, ROW.podIP)]
    this.#symbols = symbols
    this.#condition = condition
  }

  take(_row: number, kind: RowKind, a: number): boolean {
    const { signal } = this
    const before = signal.isTrue
    if (kind === ROW.endpoints) this.#addresses = a
    else this.#address = kind === ROW.podIP ? a : 0
    signal.isTrue = this.#addresses !== 0 && this.#address !== 0 && this.#isListed()
    return signal.isTrue !== before
  }

  reset(): void {
    this.#addresses = 0
    this.#address = 0
  }

  #isListed(): boolean {
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

import { choiceLabel } from '../../kernel/index.js'
import type { Milliseconds } from '../../time/index.js'
import { type Environment, OP } from '../contract/index.js'

const TAINTING_PHASE = choiceLabel('node-tainting-phase', 'half of the 100 ms between two looks at the queue')
const LOOK_MS = 100
const CANONICAL_PHASE = 50

/** The nodes of one zone that are to be tainted, in the order in which they came, and its token bucket of one token. */
interface Zone {
  readonly number: number
  queue: number[]
  /** Nodes per second. */
  rate: number
  tokens: number
  filledAt: Milliseconds
  /** −1: none is queued. */
  entry: number
}

/**
 * Hands out NoExecute taints zone by zone, no faster than the zone's rate.
 *
 * controllers: pkg/controller/nodelifecycle/scheduler/rate_limited_queue.go, v1.26 and later (TA-3).
 */
export class NoExecuteTainter {
  readonly #environment: Environment
  readonly #taint: (node: number, cause: number) => void
  readonly #numbers = new Map<string, number>()
  #zones: Zone[] = []

  constructor(environment: Environment, taint: (node: number, cause: number) => void) {
    this.#environment = environment
    this.#taint = taint
  }

  reset(): void {
    if (this.#zones.length === 0) return
    this.#zones = []
    this.#numbers.clear()
  }

  has(zone: string, node: number): boolean {
    return this.#zone(zone).queue.includes(node)
  }

  add(zone: string, node: number, cause: number): void {
    const state = this.#zone(zone)
    if (state.queue.includes(node)) return
    state.queue.push(node)
    this.#schedule(state, cause)
  }

  remove(zone: string, node: number): void {
    const state = this.#zone(zone)
    state.queue = state.queue.filter(each => each !== node)
    if (state.queue.length === 0) this.#unschedule(state)
  }

  /** An emptied bucket stays empty when its rate changes. */
  setRate(zone: string, rate: number, cause: number): void {
    const state = this.#zone(zone)
    if (state.rate === rate) return
    this.#fill(state)
    state.tokens = state.rate === 0 ? 0 : Math.min(1, Math.floor(state.tokens))
    state.rate = rate
    this.#unschedule(state)
    this.#schedule(state, cause)
  }

  /** Taints as many nodes of a zone as its bucket allows. */
  drain(number: number, cause: number): void {
    const state = this.#zones[number]
    state.entry = -1
    this.#fill(state)
    while (state.queue.length > 0 && state.tokens >= 1) {
      state.tokens -= 1
      const [node] = state.queue.splice(0, 1)
      this.#taint(node, cause)
    }
    this.#schedule(state, cause)
  }

  #zone(name: string): Zone {
    let number = this.#numbers.get(name)
    if (number === undefined) {
      number = this.#zones.length
      this.#numbers.set(name, number)
      const { now } = this.#environment.kernel
      this.#zones.push({ number, queue: [], rate: FIRST_RATE, tokens: 1, filledAt: now, entry: -1 })
    }
    return this.#zones[number]
  }

  #fill(state: Zone): void {
    const { now } = this.#environment.kernel
    state.tokens = Math.min(1, state.tokens + ((now - state.filledAt) * state.rate) / 1000)
    state.filledAt = now
  }

  #schedule(state: Zone, cause: number): void {
    if (state.entry >= 0 || state.queue.length === 0 || state.rate === 0) return
    const { kernel, choices } = this.#environment
    this.#fill(state)
    const phase = choices.draw(TAINTING_PHASE, 0, state.number, LOOK_MS, CANONICAL_PHASE)
    const due = kernel.now + Math.max(1, Math.ceil(((1 - state.tokens) * 1000) / state.rate))
    const look = phase + Math.ceil((due - phase) / LOOK_MS) * LOOK_MS
    state.entry = kernel.schedule(look, OP.nodeTainting, state.number, cause)
  }

  #unschedule(state: Zone): void {
    if (state.entry < 0) return
    this.#environment.kernel.cancel(state.entry)
    state.entry = -1
  }
}

/** Nodes per second of a zone of which nothing is known yet. */
const FIRST_RATE = 0.1

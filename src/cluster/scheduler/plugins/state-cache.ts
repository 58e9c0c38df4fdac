/** So many kinds of pods are remembered: workloads that are scaled at the same time take turns. */
const MOST_STATES = 256

/**
 * What was found out about the cluster for the last kinds of pods, by signature. It is brought up to date pod by pod, so
 * that a cycle costs what changed and not what there is.
 */
export class StateCache<State> {
  readonly #states = new Map<string, State>()

  get isEmpty(): boolean {
    return this.#states.size === 0
  }

  /** The state for a kind of pod, made where none is kept. */
  get(signature: string, make: () => State): State {
    const known = this.#states.get(signature)
    if (known !== undefined) return known
    if (this.#states.size >= MOST_STATES) {
      const [oldest] = this.#states.keys()
      this.#states.delete(oldest)
    }
    const state = make()
    this.#states.set(signature, state)
    return state
  }

  values(): Iterable<State> {
    return this.#states.values()
  }

  clear(): void {
    if (this.#states.size > 0) this.#states.clear()
  }
}

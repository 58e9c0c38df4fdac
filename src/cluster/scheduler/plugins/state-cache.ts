/** So many kinds of pods are remembered, as workloads that are scaled at the same time take turns; then all are forgotten. */
const MOST_STATES = 4096

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
    if (this.#states.size >= MOST_STATES) this.#states.clear()
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

import type { Milliseconds } from '../../time/index.js'

interface Expectation {
  creations: number
  /** Index of each pod whose deletion was asked for and not yet seen. */
  readonly deletions: Set<number>
  readonly since: Milliseconds
}

/**
 * What a controller asked for and its informer has not shown yet: until then it neither creates nor deletes for that key.
 *
 * controllers: pkg/controller/controller_utils.go UIDTrackingControllerExpectations, v1.32 (C-2).
 */
export class Expectations {
  #byKey = new Map<number, Expectation>()

  reset(): void {
    this.#byKey = new Map()
  }

  /** Whether the controller may act for a key: everything was seen, or five minutes have passed. */
  areSatisfied(key: number, now: Milliseconds): boolean {
    const expectation = this.#byKey.get(key)
    if (expectation === undefined) return true
    if (expectation.creations <= 0 && expectation.deletions.size === 0) return true
    return now - expectation.since > TIMEOUT_MS
  }

  expectCreations(key: number, creations: number, now: Milliseconds): void {
    this.#byKey.set(key, { creations, deletions: new Set(), since: now })
  }

  expectDeletions(key: number, pods: Iterable<number>, now: Milliseconds): void {
    this.#byKey.set(key, { creations: 0, deletions: new Set(pods), since: now })
  }

  /** Both at once, as a DaemonSet's controller asks. */
  expect(key: number, creations: number, pods: Iterable<number>, now: Milliseconds): void {
    this.#byKey.set(key, { creations, deletions: new Set(pods), since: now })
  }

  /** A pod was seen, or its creation failed. */
  creationObserved(key: number): void {
    const expectation = this.#byKey.get(key)
    if (expectation !== undefined) expectation.creations--
  }

  /** A pod was seen as being deleted or gone, or its deletion failed. */
  deletionObserved(key: number, pod: number): void {
    this.#byKey.get(key)?.deletions.delete(pod)
  }

  delete(key: number): void {
    this.#byKey.delete(key)
  }
}

const TIMEOUT_MS = 300_000

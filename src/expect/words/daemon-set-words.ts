import { LevelWords } from './level-words.js'
import type { ObjectCountWords } from './object-count-words.js'
import { ObjectWords, objectNamed } from './object-words.js'

/** A DaemonSet: what may be said of it. */
export class DaemonSetWords extends ObjectWords {
  /** Its rollout is over, as `kubectl rollout status` says it. */
  complete(): LevelWords {
    return new LevelWords({ kind: 'complete', object: this.name })
  }

  /** So many nodes should run a pod of it: this number, or compared by what is said behind it. */
  desired(): ObjectCountWords
  desired(count: number): LevelWords
  desired(count?: number): ObjectCountWords | LevelWords {
    return this.counted('desiredNumberScheduled', count)
  }

  /** So many nodes that should run a pod of it have one: this number, or compared by what is said behind it. */
  scheduled(): ObjectCountWords
  scheduled(count: number): LevelWords
  scheduled(count?: number): ObjectCountWords | LevelWords {
    return this.counted('currentNumberScheduled', count)
  }

  /** So many nodes have a pod of the latest template: this number, or compared by what is said behind it. */
  updated(): ObjectCountWords
  updated(count: number): LevelWords
  updated(count?: number): ObjectCountWords | LevelWords {
    return this.counted('updatedNumberScheduled', count)
  }

  /** So many nodes have a ready pod: this number, or compared by what is said behind it. */
  ready(): ObjectCountWords
  ready(count: number): LevelWords
  ready(count?: number): ObjectCountWords | LevelWords {
    return this.counted('numberReady', count)
  }

  /** So many nodes have an available pod: this number, or compared by what is said behind it. */
  available(): ObjectCountWords
  available(count: number): LevelWords
  available(count?: number): ObjectCountWords | LevelWords {
    return this.counted('numberAvailable', count)
  }

  /** So many nodes should have an available pod and have none: this number, or compared by what is said behind it. */
  unavailable(): ObjectCountWords
  unavailable(count: number): LevelWords
  unavailable(count?: number): ObjectCountWords | LevelWords {
    return this.counted('numberUnavailable', count)
  }

  /** So many nodes run a pod of it that should not: this number, or compared by what is said behind it. */
  misscheduled(): ObjectCountWords
  misscheduled(count: number): LevelWords
  misscheduled(count?: number): ObjectCountWords | LevelWords {
    return this.counted('numberMisscheduled', count)
  }
}

/**
 * Speaks of a DaemonSet: `agent`, or `shop/agent` with its namespace.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { daemonSet, formatLevel } from 'podwright'
 *
 * assert.equal(formatLevel(daemonSet('agent').ready(3).level), 'daemonset/agent has exactly 3 ready pods')
 * ```
 */
export const daemonSet = (name: string): DaemonSetWords => new DaemonSetWords(objectNamed('DaemonSet', name))

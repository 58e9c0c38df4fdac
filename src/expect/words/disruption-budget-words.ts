import type { LevelWords } from './level-words.js'
import type { ObjectCountWords } from './object-count-words.js'
import { ObjectWords, objectNamed } from './object-words.js'

/** A PodDisruptionBudget: what may be said of it. */
export class DisruptionBudgetWords extends ObjectWords {
  /** So many pods may be evicted now: this number, or compared by what is said behind it. */
  allowed(): ObjectCountWords
  allowed(count: number): LevelWords
  allowed(count?: number): ObjectCountWords | LevelWords {
    return this.counted('disruptionsAllowed', count)
  }

  /** So many pods are healthy: this number, or compared by what is said behind it. */
  healthy(): ObjectCountWords
  healthy(count: number): LevelWords
  healthy(count?: number): ObjectCountWords | LevelWords {
    return this.counted('currentHealthy', count)
  }

  /** So many pods have to be healthy: this number, or compared by what is said behind it. */
  desiredHealthy(): ObjectCountWords
  desiredHealthy(count: number): LevelWords
  desiredHealthy(count?: number): ObjectCountWords | LevelWords {
    return this.counted('desiredHealthy', count)
  }

  /** So many pods are counted: this number, or compared by what is said behind it. */
  expected(): ObjectCountWords
  expected(count: number): LevelWords
  expected(count?: number): ObjectCountWords | LevelWords {
    return this.counted('expectedPods', count)
  }
}

/**
 * Speaks of a PodDisruptionBudget: `web`, or `shop/web` with its namespace.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { formatLevel, podDisruptionBudget } from 'podwright'
 *
 * const { level } = podDisruptionBudget('web').allowed().atLeast(1)
 * assert.equal(formatLevel(level), 'poddisruptionbudget/web has at least 1 allowed disruption')
 * ```
 */
export const podDisruptionBudget = (name: string): DisruptionBudgetWords =>
  new DisruptionBudgetWords(objectNamed('PodDisruptionBudget', name))

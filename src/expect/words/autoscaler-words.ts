import type { LevelWords } from './level-words.js'
import type { ObjectCountWords } from './object-count-words.js'
import { ObjectWords, objectNamed } from './object-words.js'

/** A HorizontalPodAutoscaler: what may be said of it. */
export class AutoscalerWords extends ObjectWords {
  /** So many replicas were there when it looked last: this number, or compared by what is said behind it. */
  current(): ObjectCountWords
  current(count: number): LevelWords
  current(count?: number): ObjectCountWords | LevelWords {
    return this.counted('currentReplicas', count)
  }

  /** So many replicas it wants: this number, or compared by what is said behind it. */
  desired(): ObjectCountWords
  desired(count: number): LevelWords
  desired(count?: number): ObjectCountWords | LevelWords {
    return this.counted('desiredReplicas', count)
  }
}

/**
 * Speaks of a HorizontalPodAutoscaler: `web`, or `shop/web` with its namespace.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { formatLevel, horizontalPodAutoscaler } from 'podwright'
 *
 * const { level } = horizontalPodAutoscaler('web').desired().atMost(10)
 * assert.equal(formatLevel(level), 'horizontalpodautoscaler/web has at most 10 desired replicas')
 * ```
 */
export const horizontalPodAutoscaler = (name: string): AutoscalerWords =>
  new AutoscalerWords(objectNamed('HorizontalPodAutoscaler', name))

import { LevelWords } from './level-words.js'
import type { ObjectCountWords } from './object-count-words.js'
import { objectNamed } from './object-words.js'
import { ReplicatedWords } from './replicated-words.js'

/** A StatefulSet: what may be said of it. */
export class StatefulSetWords extends ReplicatedWords {
  /** Its rollout is over, as `kubectl rollout status` says it; with a partition, that part of it. */
  complete(): LevelWords {
    return new LevelWords({ kind: 'complete', object: this.name })
  }

  /** So many replicas are available: this number, or compared by what is said behind it. */
  available(): ObjectCountWords
  available(count: number): LevelWords
  available(count?: number): ObjectCountWords | LevelWords {
    return this.counted('availableReplicas', count)
  }

  /** So many replicas have the revision that a rollout leaves: this number, or compared by what is said behind it. */
  current(): ObjectCountWords
  current(count: number): LevelWords
  current(count?: number): ObjectCountWords | LevelWords {
    return this.counted('currentReplicas', count)
  }

  /** So many replicas have the latest revision: this number, or compared by what is said behind it. */
  updated(): ObjectCountWords
  updated(count: number): LevelWords
  updated(count?: number): ObjectCountWords | LevelWords {
    return this.counted('updatedReplicas', count)
  }
}

/**
 * Speaks of a StatefulSet: `db`, or `shop/db` with its namespace.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { formatClause, statefulSet } from 'podwright'
 *
 * const db = statefulSet('db')
 * assert.equal(formatClause(db.complete().becomes().clause), 'statefulset/db completes')
 * assert.equal(formatClause(db.ready().goesThrough(0, 1, 2).clause), 'statefulset/db goes through 0, 1, 2 ready replicas')
 * ```
 */
export const statefulSet = (name: string): StatefulSetWords => new StatefulSetWords(objectNamed('StatefulSet', name))

import type { LevelWords } from './level-words.js'
import type { ObjectCountWords } from './object-count-words.js'
import { ObjectWords, objectNamed } from './object-words.js'

/** A ReplicaSet or a ReplicationController: what may be said of it. */
export class ReplicaSetWords extends ObjectWords {
  /** So many replicas are available: this number, or compared by what is said behind it. */
  available(): ObjectCountWords
  available(count: number): LevelWords
  available(count?: number): ObjectCountWords | LevelWords {
    return this.counted('availableReplicas', count)
  }

  /** So many replicas are ready: this number, or compared by what is said behind it. */
  ready(): ObjectCountWords
  ready(count: number): LevelWords
  ready(count?: number): ObjectCountWords | LevelWords {
    return this.counted('readyReplicas', count)
  }

  /** So many replicas have all labels of the template: this number, or compared by what is said behind it. */
  fullyLabeled(): ObjectCountWords
  fullyLabeled(count: number): LevelWords
  fullyLabeled(count?: number): ObjectCountWords | LevelWords {
    return this.counted('fullyLabeledReplicas', count)
  }

  /** So many replicas are counted: this number, or compared by what is said behind it. */
  replicas(): ObjectCountWords
  replicas(count: number): LevelWords
  replicas(count?: number): ObjectCountWords | LevelWords {
    return this.counted('replicas', count)
  }

  /** So many replicas are asked for, `spec.replicas`: this number, or compared by what is said behind it. */
  desired(): ObjectCountWords
  desired(count: number): LevelWords
  desired(count?: number): ObjectCountWords | LevelWords {
    return this.counted('spec.replicas', count)
  }
}

/**
 * Speaks of a ReplicaSet: `web`, or `shop/web` with its namespace.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { formatLevel, replicaSet } from 'podwright'
 *
 * assert.equal(formatLevel(replicaSet('web').ready(2).level), 'replicaset/web has exactly 2 ready replicas')
 * ```
 */
export const replicaSet = (name: string): ReplicaSetWords => new ReplicaSetWords(objectNamed('ReplicaSet', name))

/**
 * Speaks of a ReplicationController: `web`, or `shop/web` with its namespace.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { formatLevel, replicationController } from 'podwright'
 *
 * const { level } = replicationController('web').ready().moreThan(2)
 * assert.equal(formatLevel(level), 'replicationcontroller/web has more than 2 ready replicas')
 * ```
 */
export const replicationController = (name: string): ReplicaSetWords =>
  new ReplicaSetWords(objectNamed('ReplicationController', name))

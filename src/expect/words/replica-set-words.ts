import type { LevelWords } from './level-words.js'
import type { ObjectCountWords } from './object-count-words.js'
import { objectNamed } from './object-words.js'
import { ReplicatedWords } from './replicated-words.js'

/** A ReplicaSet or a ReplicationController: what may be said of it. */
export class ReplicaSetWords extends ReplicatedWords {
  /** So many replicas are available: this number, or compared by what is said behind it. */
  available(): ObjectCountWords
  available(count: number): LevelWords
  available(count?: number): ObjectCountWords | LevelWords {
    return this.counted('availableReplicas', count)
  }

  /** So many replicas have all labels of the template: this number, or compared by what is said behind it. */
  fullyLabeled(): ObjectCountWords
  fullyLabeled(count: number): LevelWords
  fullyLabeled(count?: number): ObjectCountWords | LevelWords {
    return this.counted('fullyLabeledReplicas', count)
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

import type { CountedLevelWords } from './counted-level-words.js'
import { LevelWords } from './level-words.js'
import type { ObjectCountWords } from './object-count-words.js'
import { objectNamed } from './object-words.js'
import { ReplicatedWords } from './replicated-words.js'

/** A Deployment: what may be said of it. */
export class DeploymentWords extends ReplicatedWords {
  /** Its rollout is over, as `kubectl rollout status` says it. */
  complete(): LevelWords {
    return new LevelWords({ kind: 'complete', object: this.name })
  }

  /** The condition Available is True; with a number, or compared with one: so many replicas are available. */
  available(): CountedLevelWords
  available(count: number): LevelWords
  available(count?: number): CountedLevelWords | LevelWords {
    return this.countedOr('Available', 'availableReplicas', count)
  }

  /** So many replicas have the latest template: this number, or compared by what is said behind it. */
  updated(): ObjectCountWords
  updated(count: number): LevelWords
  updated(count?: number): ObjectCountWords | LevelWords {
    return this.counted('updatedReplicas', count)
  }

  /** So many replicas are missing or not available: this number, or compared by what is said behind it. */
  unavailable(): ObjectCountWords
  unavailable(count: number): LevelWords
  unavailable(count?: number): ObjectCountWords | LevelWords {
    return this.counted('unavailableReplicas', count)
  }
}

/**
 * Speaks of a Deployment: `web`, or `shop/web` with its namespace; of its pods speaks `pod('deployment/web')`.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { deployment, formatClause, never, whenever } from 'podwright'
 *
 * const web = deployment('web')
 * const soon = whenever(web.created()).then(web.available()).within('30s')
 * assert.equal(formatClause(soon.clause), 'whenever deployment/web is created, deployment/web is available within 30s')
 * const kept = never(web.available().fewerThan(3)).after(web.available().becomes())
 * assert.equal(
 *   formatClause(kept.clause),
 *   'after deployment/web becomes available: never deployment/web has fewer than 3 available replicas',
 * )
 * ```
 */
export const deployment = (name: string): DeploymentWords => new DeploymentWords(objectNamed('Deployment', name))

import type { CountedLevelWords } from './counted-level-words.js'
import type { LevelWords } from './level-words.js'
import type { ObjectCountWords } from './object-count-words.js'
import { ObjectWords, objectNamed } from './object-words.js'

/** A Job: what may be said of it. */
export class JobWords extends ObjectWords {
  /** The condition Complete is True. */
  complete(): LevelWords {
    return this.condition('Complete')
  }

  /** The condition Failed is True; with a number, or compared with one: so many pods have failed. */
  failed(): CountedLevelWords
  failed(count: number): LevelWords
  failed(count?: number): CountedLevelWords | LevelWords {
    return this.countedOr('Failed', 'failed', count)
  }

  /** The condition Suspended is True. */
  suspended(): LevelWords {
    return this.condition('Suspended')
  }

  /** So many pods are pending or run: this number, or compared by what is said behind it. */
  active(): ObjectCountWords
  active(count: number): LevelWords
  active(count?: number): ObjectCountWords | LevelWords {
    return this.counted('active', count)
  }

  /** So many pods are ready: this number, or compared by what is said behind it. */
  ready(): ObjectCountWords
  ready(count: number): LevelWords
  ready(count?: number): ObjectCountWords | LevelWords {
    return this.counted('ready', count)
  }

  /** So many pods have succeeded: this number, or compared by what is said behind it. */
  succeeded(): ObjectCountWords
  succeeded(count: number): LevelWords
  succeeded(count?: number): ObjectCountWords | LevelWords {
    return this.counted('succeeded', count)
  }

  /** So many pods are being deleted: this number, or compared by what is said behind it. */
  terminatingPods(): ObjectCountWords
  terminatingPods(count: number): LevelWords
  terminatingPods(count?: number): ObjectCountWords | LevelWords {
    return this.counted('terminating', count)
  }
}

/**
 * Speaks of a Job: `migrate`, or `shop/migrate` with its namespace.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { formatClause, job } from 'podwright'
 *
 * const migrate = job('migrate')
 * assert.equal(formatClause(migrate.complete().becomes().within('30s').clause), 'job/migrate completes within 30s')
 * assert.equal(formatClause(migrate.failed().becomes().clause), 'job/migrate fails')
 * assert.equal(formatClause(migrate.failed(2).clause), 'eventually job/migrate has exactly 2 failed pods')
 * ```
 */
export const job = (name: string): JobWords => new JobWords(objectNamed('Job', name))

import type { LevelWords } from './level-words.js'
import type { ObjectCountWords } from './object-count-words.js'
import { ObjectWords, objectNamed } from './object-words.js'

/** A CronJob: what may be said of it. Its Jobs have names of their own: `backup-28928161`, the minute since 1970. */
export class CronJobWords extends ObjectWords {
  /** So many of its Jobs are under way: this number, or compared by what is said behind it. */
  active(): ObjectCountWords
  active(count: number): LevelWords
  active(count?: number): ObjectCountWords | LevelWords {
    return this.counted('active', count)
  }
}

/**
 * Speaks of a CronJob: `backup`, or `shop/backup` with its namespace.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { always, cronJob, formatClause } from 'podwright'
 *
 * const alone = always(cronJob('backup').active().atMost(1))
 * assert.equal(formatClause(alone.clause), 'always cronjob/backup has at most 1 active job')
 * ```
 */
export const cronJob = (name: string): CronJobWords => new CronJobWords(objectNamed('CronJob', name))

import type { LevelWords } from './level-words.js'
import type { ObjectCountWords } from './object-count-words.js'
import { ObjectWords } from './object-words.js'

/** A workload that is asked for a number of replicas: what may be said of each such kind. */
export abstract class ReplicatedWords extends ObjectWords {
  /** So many replicas are ready: this number, or compared by what is said behind it. */
  ready(): ObjectCountWords
  ready(count: number): LevelWords
  ready(count?: number): ObjectCountWords | LevelWords {
    return this.counted('readyReplicas', count)
  }

  /** So many replicas are counted, of whatever template: this number, or compared by what is said behind it. */
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

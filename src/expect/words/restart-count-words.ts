import type { ContainerName } from '../clause.js'
import { wholeNumber } from './count-words.js'
import { LevelWords } from './level-words.js'

/** The container's `restartCount`, as the store has it; it waits for what it is compared with, or for `monotonic`. */
export class RestartCountWords {
  /** The container, as plain data. */
  readonly container: ContainerName

  constructor(container: ContainerName) {
    this.container = container
  }

  /** It is this number. */
  is(count: number): LevelWords {
    return this.#compared('exactly', count)
  }

  /** It is this number or more. */
  atLeast(count: number): LevelWords {
    return this.#compared('atLeast', count)
  }

  /** It is this number or less. */
  atMost(count: number): LevelWords {
    return this.#compared('atMost', count)
  }

  #compared(is: 'exactly' | 'atLeast' | 'atMost', count: number): LevelWords {
    const { container } = this
    return new LevelWords({ kind: 'restartCount', container, is, count: wholeNumber(count, 'restartCount') })
  }
}

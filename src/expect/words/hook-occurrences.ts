import type { ContainerName, HookName } from '../clause.js'
import { OccurrenceWords } from './occurrence-words.js'

/** What becomes of a lifecycle hook of a container. */
export class HookOccurrences {
  readonly #container: ContainerName
  readonly #hook: HookName

  constructor(container: ContainerName, hook: HookName) {
    this.#container = container
    this.#hook = hook
  }

  /** Its call begins. */
  started(): OccurrenceWords {
    return this.#occurrence('hookStarted')
  }

  /** Its call ends, well or not. */
  ended(): OccurrenceWords {
    return this.#occurrence('hookEnded')
  }

  /** Its call ends, and not well. */
  failed(): OccurrenceWords {
    return this.#occurrence('hookFailed')
  }

  #occurrence(kind: 'hookStarted' | 'hookEnded' | 'hookFailed'): OccurrenceWords {
    return new OccurrenceWords({ kind, container: this.#container, hook: this.#hook })
  }
}

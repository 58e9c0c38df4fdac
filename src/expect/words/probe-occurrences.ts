import type { ContainerName, ProbeResult, ProbeType } from '../clause.js'
import { OccurrenceWords } from './occurrence-words.js'

/** What a probe of a container answers: when its call has ended, and of equal answers in a row only the first. */
export class ProbeOccurrences {
  readonly #container: ContainerName
  readonly #probe: ProbeType

  constructor(container: ContainerName, probe: ProbeType) {
    this.#container = container
    this.#probe = probe
  }

  /** It answers, whatever it is, or this. */
  answered(result?: ProbeResult): OccurrenceWords {
    const probed = { kind: 'probed', container: this.#container, probe: this.#probe } as const
    return new OccurrenceWords(result === undefined ? probed : { ...probed, result })
  }

  /** It begins to succeed. */
  succeeded(): OccurrenceWords {
    return this.answered('success')
  }

  /** It begins to fail: it answers, and the answer is a failure. */
  failed(): OccurrenceWords {
    return this.answered('failure')
  }

  /** It begins to hang: `timeoutSeconds` pass without an answer. */
  hung(): OccurrenceWords {
    return this.answered('hang')
  }
}

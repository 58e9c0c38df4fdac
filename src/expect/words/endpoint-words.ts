import type { PodName } from '../clause.js'
import { LevelWords } from './level-words.js'

/** A pod as an address of a Service, as its EndpointSlice says. */
export class EndpointWords {
  readonly #service: string
  readonly #pod: PodName

  constructor(service: string, pod: PodName) {
    this.#service = service
    this.#pod = pod
  }

  /** It is an address, and ready: new connections go there. */
  ready(): LevelWords {
    return this.#condition('ready')
  }

  /** It is an address, and serving: the pod is Ready, terminating or not. */
  serving(): LevelWords {
    return this.#condition('serving')
  }

  /** It is an address, and terminating: the pod is being deleted. */
  terminating(): LevelWords {
    return this.#condition('terminating')
  }

  #condition(condition: 'ready' | 'serving' | 'terminating'): LevelWords {
    return new LevelWords({ kind: 'endpoint', service: this.#service, pod: this.#pod, condition })
  }
}

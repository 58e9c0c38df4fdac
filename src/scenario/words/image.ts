import { PodwrightError } from '../../errors/index.js'
import { readSpan, type Span } from '../../time/index.js'
import type { StatedImage } from '../behaviour-rule.js'
import { BehaviourWords } from './behaviour-words.js'
import { failureList } from './failure-list.js'

/** How pulls of an image go, on every node. */
export class ImageWords extends BehaviourWords {
  readonly #name: string
  readonly #image: StatedImage

  constructor(name: string, image: StatedImage) {
    super({ images: { [name]: image } })
    this.#name = name
    this.#image = image
  }

  /** A pull takes so long; default 500 ms. */
  pullsIn(span: Span): ImageWords {
    return this.#with({ pullDuration: readSpan(span, 'pullsIn') })
  }

  /** The first pulls fail so many times, with this text or as if the registry did not answer; said again: the pulls after them. */
  fails(times: number, message?: string): ImageWords {
    return this.#with({ failures: failureList(this.#image.failures ?? [], times, message ?? null) })
  }

  /** Every pull fails with this text. */
  alwaysFails(message: string): ImageWords {
    return this.#with({ alwaysFails: message })
  }

  /** The registry does not have it: every pull fails. */
  doesNotExist(): ImageWords {
    return this.#with({ alwaysFails: null })
  }

  /** It is on every node from the start. */
  isPresent(): ImageWords {
    return this.#with({ isPresent: true })
  }

  /** It is on no node at the start; the default. */
  isAbsent(): ImageWords {
    return this.#with({ isPresent: false })
  }

  /** Its user is root: what `runAsNonRoot` refuses. */
  runsAsRoot(): ImageWords {
    return this.#with({ runsAsRoot: true })
  }

  #with(said: StatedImage): ImageWords {
    return new ImageWords(this.#name, { ...this.#image, ...said })
  }
}

/**
 * Speaks of an image by the name that the manifest writes, or of every other one with `*`.
 *
 * @throws PodwrightError `BEHAVIOUR_INVALID` for an empty name.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { describeBehaviour, image } from 'podwright'
 *
 * const slow = image('app:2').pullsIn('8s').fails(3)
 * assert.equal(describeBehaviour(slow.behaviour), 'image app:2 pulls in 8s; image app:2 fails 3 times')
 * ```
 */
export function image(name: string): ImageWords {
  if (name !== '') return new ImageWords(name, {})
  throw new PodwrightError({
    code: 'BEHAVIOUR_INVALID',
    where: 'image',
    problem: 'expected the name of an image, got ""',
    hint: "'*' is every image of which nothing else is said",
  })
}

import type { NodeInfo } from '../node-info.js'
import type { PodScorer } from '../plugin.js'
import type { PodInfo } from '../pod-info.js'

/** So many kinds of requests are remembered; then all are forgotten. */
const MOST_KINDS = 64

/** The scores of one kind of request, by the node's index; they hold while the node has the same revision. */
class ScoresOfKind {
  revisions = new Int32Array(LEAST_NODES)
  scores = new Int32Array(LEAST_NODES)

  /** Makes room for the node of an index. */
  grow(index: number): void {
    const size = Math.max(index + 1, 2 * this.scores.length)
    const [revisions, scores] = [new Int32Array(size), new Int32Array(size)]
    revisions.set(this.revisions)
    scores.set(this.scores)
    this.revisions = revisions
    this.scores = scores
  }
}

const LEAST_NODES = 16

/**
 * Makes scorers whose scores hang on two amounts that a pod asks for and on its node alone: a score is worked out again only where
 * something about the node changed, which one cycle does to one node.
 */
export class KeptScores {
  readonly #weight: number
  readonly #score: PodScorer['score']
  #kinds = new Map<number, Map<number, PodScorer>>()
  #count = 0

  constructor(weight: number, score: PodScorer['score']) {
    this.#weight = weight
    this.#score = score
  }

  /** The scorer for pods that ask for so much. */
  scorerFor(first: number, second: number): PodScorer {
    const known = this.#kinds.get(first)?.get(second)
    if (known !== undefined) return known
    if (this.#count >= MOST_KINDS) this.forget()
    this.#count++
    const scorer = this.#createScorer()
    const others = this.#kinds.get(first)
    if (others === undefined) this.#kinds.set(first, new Map([[second, scorer]]))
    else others.set(second, scorer)
    return scorer
  }

  /** What nodes have, or which nodes there are, changed. */
  forget(): void {
    if (this.#count === 0) return
    this.#kinds = new Map()
    this.#count = 0
  }

  #createScorer(): PodScorer {
    const kind = new ScoresOfKind()
    const score = this.#score
    const fill = (filled: number[], nodes: readonly NodeInfo[], pod: PodInfo): void => {
      for (let i = 0; i < nodes.length; i++) {
        const { index, revision } = nodes[i]
        if (index >= kind.scores.length) kind.grow(index)
        if (kind.revisions[index] !== revision) {
          kind.revisions[index] = revision
          kind.scores[index] = score(pod, nodes[i])
        }
        filled[i] = kind.scores[index]
      }
    }
    return { weight: this.#weight, score, fill }
  }
}

import { Reference } from './compare.js'
import type { Difference } from './difference.js'
import type { Recording } from './recording.js'
import { type Replay, replay } from './replay.js'

/** How the model did on one recording. */
export interface Verdict {
  readonly name: string
  readonly class: string
  /** Whether the canonical run matches. */
  readonly isMatched: boolean
  /** Whether every message that people read is right in it. */
  readonly isWorded: boolean
  /** Whether the canonical run or one of the seeded ones matches; undefined without seeds. */
  readonly isMatchedBySome: boolean | undefined
  readonly differences: readonly Difference[]
  readonly wording: readonly string[]
  /** The canonical run. */
  readonly canonical: Replay
}

/** Whether `judge` can tell: pods of a cluster have random names, and `tools/compare-cluster.mjs` matches them by their owners. */
export const isJudged = (recording: Recording): boolean => recording.class !== 'L'

/** Runs a recording with canonical choices, then with the seeds 1 to `seeds`, for what each run shows. */
export function replayAll(
  recording: Recording,
  seeds: number,
  onReplay: (seed: number, replayed: Replay) => void,
): void {
  for (let seed = 0; seed <= seeds; seed++) onReplay(seed, replay(recording, seed === 0 ? undefined : seed))
}

/**
 * Runs a recording with canonical choices, then with the seeds 1 to `seeds`, and compares each run with reality. Every run is
 * handed to `onReplay`, 0 being the canonical one; without it no seeded run is made once one has matched.
 */
export function judge(
  recording: Recording,
  seeds: number,
  onReplay?: (seed: number, replayed: Replay) => void,
): Verdict {
  const reference = new Reference(recording)
  const canonical = replay(recording)
  onReplay?.(0, canonical)
  const { differences, wording } = reference.compare(canonical.observed)
  const isMatched = differences.length === 0
  let isMatchedBySome = isMatched
  for (let seed = 1; seed <= seeds; seed++) {
    if (isMatchedBySome && onReplay === undefined) break
    const seeded = replay(recording, seed)
    onReplay?.(seed, seeded)
    isMatchedBySome ||= reference.compare(seeded.observed).differences.length === 0
  }
  return {
    name: recording.name,
    class: recording.class,
    isMatched,
    isWorded: wording.length === 0,
    isMatchedBySome: seeds === 0 ? undefined : isMatchedBySome,
    differences,
    wording,
    canonical,
  }
}

import type { Milliseconds } from '../../time/index.js'
import type { ContainerSpec } from './spec.js'

/** What something takes of a resource over time: a straight line from an instant on, which may end at an amount. */
export interface UsageLine {
  readonly since: Milliseconds
  /** Bytes, or a number of processes. */
  readonly from: number
  readonly perSecond: number
  /** Infinity: it grows for good. */
  readonly upTo: number
}

/** What a container takes of its node. */
export interface ContainerUsage {
  readonly container: ContainerSpec
  /** null: nothing is known, which counts as none. */
  readonly memory: UsageLine | null
  readonly ephemeralStorage: UsageLine | null
  readonly processes: UsageLine | null
  /** What it has written to its pod's volumes, by their names. */
  readonly volumes: ReadonlyMap<string, UsageLine>
}

/** How much is taken at an instant, in whole bytes or processes. */
export const usedAt = (line: UsageLine | null, instant: Milliseconds): number =>
  line === null ? 0 : Math.floor(exactlyUsedAt(line, instant))

const exactlyUsedAt = ({ since, from, perSecond, upTo }: UsageLine, instant: Milliseconds): number =>
  Math.min(upTo, from + (perSecond * Math.max(0, instant - since)) / 1000)

/**
 * The first instant, from `start` on, at which the lines together take more than `bound`; Infinity: they never do. Between the instants
 * at which a line ends the sum is straight, so that it is worked out and not looked for.
 */
export function exceedsAt(lines: readonly UsageLine[], bound: number, start: Milliseconds): Milliseconds {
  const sumAt = (instant: Milliseconds): number => lines.reduce((sum, line) => sum + exactlyUsedAt(line, instant), 0)
  const ends = lines.map(endOf).filter(end => end > start && end !== Number.POSITIVE_INFINITY)
  let at = start
  for (const end of [...ends.sort((a, b) => a - b), Number.POSITIVE_INFINITY]) {
    const sum = sumAt(at)
    if (Math.floor(sum) > bound) return at
    const slope = lines.reduce((total, line) => total + (endOf(line) > at ? line.perSecond : 0), 0)
    const crossing = slope === 0 ? Number.POSITIVE_INFINITY : at + Math.ceil(((bound + 1 - sum) / slope) * 1000)
    if (crossing <= end) return crossing
    at = end
  }
  return Number.POSITIVE_INFINITY
}

/** When a line ends: it takes no more from then on. */
const endOf = ({ since, from, perSecond, upTo }: UsageLine): Milliseconds =>
  perSecond === 0 ? since : since + Math.ceil((Math.max(0, upTo - from) / perSecond) * 1000)

import type { IntOrString, PodDisruptionBudgetSpec } from '../../../model/index.js'

/** What a budget's numbers hang on. */
export interface BudgetFacts {
  readonly spec: PodDisruptionBudgetSpec
  /** How many pods match. */
  readonly matching: number
  /** How many of them are ready, not on their way out, and not given up by an eviction that is under way. */
  readonly healthy: number
  /** How many pods the owners of the matching ones ask for, where the budget is counted by owners. */
  readonly scale: number
}

/** The numbers of a budget's status. */
export interface BudgetNumbers {
  readonly expectedPods: number
  readonly desiredHealthy: number
  readonly currentHealthy: number
  readonly disruptionsAllowed: number
}

/** Whether the pods that should be there are counted by their owners' sizes: all but a plain minAvailable (PDB-1). */
export const isCountedByOwners = ({ minAvailable, maxUnavailable }: PodDisruptionBudgetSpec): boolean =>
  maxUnavailable !== undefined || typeof minAvailable === 'string'

/**
 * The numbers of a budget's status.
 *
 * controllers: pkg/controller/disruption/disruption.go getExpectedPodCount, updatePdbStatus, v1.32 (PDB-1, PDB-2).
 */
export function budgetNumbers({ spec, matching, healthy, scale }: BudgetFacts): BudgetNumbers {
  const { minAvailable, maxUnavailable } = spec
  const expectedPods = isCountedByOwners(spec) ? scale : matching
  const desiredHealthy =
    maxUnavailable === undefined
      ? roundedUp(minAvailable ?? 0, expectedPods)
      : Math.max(0, expectedPods - roundedUp(maxUnavailable, expectedPods))
  const left = Math.max(0, healthy - desiredHealthy)
  return { expectedPods, desiredHealthy, currentHealthy: healthy, disruptionsAllowed: expectedPods <= 0 ? 0 : left }
}

/** A count, or a percentage of `whole`, rounded up. */
const roundedUp = (amount: IntOrString, whole: number): number =>
  typeof amount === 'number' ? amount : Math.ceil((Number.parseInt(amount, 10) * whole) / 100)

/** Pods that an eviction has taken off a budget, by name, with the whole second of it. */
export type DisruptedPods = ReadonlyMap<string, number>

/** Reads the text of a status: `web-1=12,web-2=14`. */
export const readDisrupted = (text: string): DisruptedPods =>
  new Map(
    (text === '' ? [] : text.split(',')).map((each): [string, number] => {
      const [name, seconds] = each.split('=')
      return [name, Number(seconds)]
    }),
  )

export const writeDisrupted = (pods: DisruptedPods): string =>
  [...pods].map(([name, seconds]) => `${name}=${seconds}`).join(',')

/** How long an eviction that was granted counts while its pod still stands (PDB-3). */
export const DISRUPTION_TIMEOUT_SECONDS = 120

import { amountsOf, effectiveAmounts, type RequestOptions } from '../../cluster/index.js'
import type { Pod, ResourceList } from '../../model/index.js'
import type { Answer } from './table.js'
import { type Partly, wholePod } from './whole-objects.js'

interface Input {
  readonly pod: Partly<Pod>
  readonly options?: Options | null
}

/** PodResourcesOptions of upstream; the gate of in-place resize had the name of its feature at first. */
interface Options {
  readonly excludeOverhead?: boolean
  readonly useStatusResources?: boolean
  readonly inPlacePodVerticalScalingEnabled?: boolean
  readonly skipPodLevelResources?: boolean
  readonly skipContainerLevelResources?: boolean
  readonly nonMissingContainerRequests?: ResourceList | null
}

/** component-helpers: resource/helpers_test.go. */
export function answerPodRequests(input: unknown, table: string): Answer {
  const { pod, options } = input as Input
  const { spec, status } = wholePod(pod)
  const given = options ?? {}
  // The aggregate of the containers is asked for without what the pod as a whole adds.
  const isAggregate = /aggregate/i.test(table)
  const requestOptions: RequestOptions = {
    podLevelResources: !isAggregate && !given.skipPodLevelResources,
    excludesOverhead: isAggregate || given.excludeOverhead,
    excludesContainers: given.skipContainerLevelResources,
    unmentioned: given.nonMissingContainerRequests ?? undefined,
    status: given.useStatusResources || given.inPlacePodVerticalScalingEnabled ? (status ?? {}) : undefined,
  }
  return {
    requests: Object.fromEntries(effectiveAmounts(spec, 'requests', requestOptions)),
    limits: Object.fromEntries(effectiveAmounts(spec, 'limits', requestOptions)),
  }
}

/** Quantities are equal when they are the same amount, however they are written: `1` CPU is `1000m`. */
export const expectedPodRequests = (expected: Answer): Answer =>
  Object.fromEntries(
    Object.entries(expected).map(([name, list]) => [name, Object.fromEntries(amountsOf(list as ResourceList))]),
  )

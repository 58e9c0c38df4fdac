import { type PodSpec, parseQuantity, type ResourceList } from '../model/index.js'

type Requirements = { readonly requests?: ResourceList; readonly limits?: ResourceList } | undefined

/** Only these two count. */
const COUNTED = ['cpu', 'memory'] as const

/**
 * The class that a pod's resources make it.
 *
 * Computed apart from the API server's own code, which it is there to check.
 * core/v1/helper/qos: qos.go ComputePodQOS, v1.32 (QOS-1, R-830).
 */
export function qosOf(spec: PodSpec, podLevelResources: boolean): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const own: Requirements = podLevelResources ? spec.resources : undefined
  const all: readonly Requirements[] =
    own === undefined ? [...spec.containers, ...(spec.initContainers ?? [])].map(({ resources }) => resources) : [own]
  if (!all.some(each => has(each?.requests) || has(each?.limits))) return 'BestEffort'
  // At pod level a pod without any limits is judged by the sums alone.
  const isExempt = own !== undefined && Object.keys(own.limits ?? {}).length === 0
  const isGuaranteed = COUNTED.every(resource => {
    const requested = all.reduce((sum, each) => sum + amount(each?.requests, resource), 0n)
    const limited = all.reduce((sum, each) => sum + amount(each?.limits, resource), 0n)
    return (isExempt || all.every(each => amount(each?.limits, resource) > 0n)) && requested === limited
  })
  return isGuaranteed ? 'Guaranteed' : 'Burstable'
}

/** In billionths; a part that is missing or less than nothing is nothing. */
const amount = (list: ResourceList | undefined, resource: (typeof COUNTED)[number]): bigint => {
  const quantity = list?.[resource]
  const { nanos } = quantity === undefined ? { nanos: 0n } : parseQuantity(quantity)
  return nanos > 0n ? nanos : 0n
}

const has = (list: ResourceList | undefined): boolean => COUNTED.some(resource => amount(list, resource) > 0n)

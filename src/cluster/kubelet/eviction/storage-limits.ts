import { addQuantities, parseQuantity, type Quantity, type ResourceList, wholeValue } from '../../../model/index.js'
import type { Milliseconds } from '../../../time/index.js'
import { exceedsAt, type UsageLine } from '../../contract/index.js'
import { linesOf, type PodUsage } from './pod-usage.js'

/** A limit of local storage that a pod declares, what counts towards it, and what is said of a pod that exceeds it. */
export interface StorageLimit {
  readonly bytes: number
  readonly lines: readonly UsageLine[]
  readonly message: string
}

/**
 * The limits of a pod in the order in which they are looked at: its emptyDir volumes, the sum of its containers, each container.
 *
 * kubelet: pkg/kubelet/eviction/eviction_manager.go localStorageEviction, v1.32.
 */
export function storageLimits(usage: PodUsage): readonly StorageLimit[] {
  const { containers } = usage
  if (containers.length === 0) return []
  const { spec } = usage.pod.active.spec.object
  const volumes = (spec.volumes ?? []).flatMap(({ name, emptyDir }): StorageLimit[] => {
    const limit = emptyDir?.sizeLimit
    const lines = containers.flatMap(each => each.volumes.get(name) ?? [])
    if (limit === undefined || lines.length === 0 || wholeValue(limit) <= 0) return []
    return [
      { bytes: wholeValue(limit), lines, message: `Usage of EmptyDir volume "${name}" exceeds the limit "${limit}". ` },
    ]
  })
  const own = spec.containers.flatMap(({ name, resources }): StorageLimit[] => {
    const limit = limitOf(resources?.limits)
    const lines = containers.flatMap(each => (each.container.name === name ? (each.ephemeralStorage ?? []) : []))
    if (limit === undefined || lines.length === 0 || wholeValue(limit) === 0) return []
    return [
      {
        bytes: wholeValue(limit),
        lines,
        message: `Container ${name} exceeded its local ephemeral storage limit "${limit}". `,
      },
    ]
  })
  return [...volumes, ...podLimit(usage), ...own]
}

/** What the pod's containers may take together: regular ones and sidecars at once, or the largest of the init containers. */
function podLimit(usage: PodUsage): StorageLimit[] {
  const { spec } = usage.pod.active.spec.object
  let sum: Quantity | undefined
  for (const { resources } of spec.containers) sum = plus(sum, limitOf(resources?.limits))
  let sidecars: Quantity | undefined
  let largest: Quantity | undefined
  for (const { resources, restartPolicy } of spec.initContainers ?? []) {
    const limit = limitOf(resources?.limits)
    if (restartPolicy === 'Always') {
      sum = plus(sum, limit)
      sidecars = plus(sidecars, limit)
      largest = larger(largest, sidecars)
    } else if (limit !== undefined) largest = larger(largest, plus(sidecars, limit))
  }
  const total = larger(sum, largest)
  const lines = linesOf(usage, 'ephemeral-storage')
  if (total === undefined || lines.length === 0) return []
  const message = `Pod ephemeral local storage usage exceeds the total limit of containers ${total.text}. `
  return [{ bytes: wholeValue(total.text), lines, message }]
}

const limitOf = (limits: ResourceList | undefined): string | undefined => limits?.['ephemeral-storage']

const plus = (sum: Quantity | undefined, limit: string | undefined): Quantity | undefined => {
  if (limit === undefined) return sum
  return sum === undefined ? parseQuantity(limit) : addQuantities(sum, parseQuantity(limit))
}

const larger = (a: Quantity | undefined, b: Quantity | undefined): Quantity | undefined =>
  a === undefined || (b !== undefined && b.nanos > a.nanos) ? b : a

/** When a pod exceeds one of its limits; Infinity: never. */
export const exceedsStorageAt = (limits: readonly StorageLimit[], start: Milliseconds): Milliseconds =>
  Math.min(Number.POSITIVE_INFINITY, ...limits.map(({ lines, bytes }) => exceedsAt(lines, bytes, start)))

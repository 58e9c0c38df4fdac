import { milliValue, type PodSpec, type ResourceList, wholeValue } from '../model/index.js'

/** Amounts that count against a node's allocatable. */
export interface Amounts {
  milliCpu: number
  memory: number
  ephemeralStorage: number
}

/**
 * What a pod's place on a node costs: its containers and sidecars together, or more if an init container wants more beside the
 * sidecars before it, and the overhead.
 *
 * Computed apart from the scheduler's own arithmetic, which it is there to check.
 * component-helpers: resource/helpers.go PodRequests, v1.32 (control-plane.md 2.6, R-1 to R-4).
 */
export function podRequests(spec: PodSpec, podLevelResources: boolean): Amounts {
  const total = noAmounts()
  const sidecars = noAmounts()
  const peak = noAmounts()
  for (const { resources } of spec.containers) add(total, amountsOf(resources?.requests))
  for (const { resources, restartPolicy } of spec.initContainers ?? []) {
    const own = amountsOf(resources?.requests)
    if (restartPolicy === 'Always') {
      add(total, own)
      add(sidecars, own)
    } else {
      add(own, sidecars)
      raise(peak, own)
    }
  }
  raise(total, peak)
  const whole = podLevelResources ? spec.resources?.requests : undefined
  if (whole?.cpu !== undefined) total.milliCpu = milliValue(whole.cpu)
  if (whole?.memory !== undefined) total.memory = wholeValue(whole.memory)
  add(total, amountsOf(spec.overhead))
  return total
}

/** Reads a list of quantities; what it does not mention is zero. */
export const amountsOf = (list: ResourceList | undefined): Amounts => ({
  milliCpu: list?.cpu === undefined ? 0 : milliValue(list.cpu),
  memory: list?.memory === undefined ? 0 : wholeValue(list.memory),
  ephemeralStorage: list?.['ephemeral-storage'] === undefined ? 0 : wholeValue(list['ephemeral-storage']),
})

const noAmounts = (): Amounts => ({ milliCpu: 0, memory: 0, ephemeralStorage: 0 })

function add(target: Amounts, more: Amounts): void {
  target.milliCpu += more.milliCpu
  target.memory += more.memory
  target.ephemeralStorage += more.ephemeralStorage
}

function raise(target: Amounts, atLeast: Amounts): void {
  target.milliCpu = Math.max(target.milliCpu, atLeast.milliCpu)
  target.memory = Math.max(target.memory, atLeast.memory)
  target.ephemeralStorage = Math.max(target.ephemeralStorage, atLeast.ephemeralStorage)
}

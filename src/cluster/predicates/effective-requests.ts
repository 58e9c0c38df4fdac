import { milliValue, type ResourceList, wholeValue } from '../../model/index.js'
import type { Resources } from '../contract/index.js'

/** What the computation looks at in a pod's spec; quantities are texts, as in the API. */
export interface RequestingSpec {
  readonly initContainers?: readonly RequestingContainer[] | undefined
  readonly containers: readonly RequestingContainer[]
  readonly overhead?: ResourceList | undefined
}

export interface RequestingContainer {
  readonly restartPolicy?: string | undefined
  readonly resources?:
    | { readonly requests?: ResourceList | undefined; readonly limits?: ResourceList | undefined }
    | undefined
}

/** Amounts by resource name: millicores for `cpu`, whole units for the rest. */
export type Amounts = Map<string, number>

/**
 * What a pod counts for on a node: the larger of what its containers and sidecars want together and what each init container
 * wants beside the sidecars before it, plus the overhead.
 *
 * component-helpers: resource/helpers.go PodRequests, AggregateContainerRequests, v1.32 (R-1 of control-plane.md 2.6).
 */
export function effectiveAmounts(spec: RequestingSpec, kind: 'requests' | 'limits'): Amounts {
  const total: Amounts = new Map()
  for (const container of spec.containers) add(total, amountsOf(container.resources?.[kind]))
  const sidecars: Amounts = new Map()
  const largestInit: Amounts = new Map()
  for (const container of spec.initContainers ?? []) {
    const own = amountsOf(container.resources?.[kind])
    if (container.restartPolicy === 'Always') {
      add(total, own)
      add(sidecars, own)
      raise(largestInit, sidecars)
    } else {
      add(own, sidecars)
      raise(largestInit, own)
    }
  }
  raise(total, largestInit)
  for (const [name, amount] of amountsOf(spec.overhead)) {
    if (kind === 'requests' || (total.get(name) ?? 0) > 0) total.set(name, (total.get(name) ?? 0) + amount)
  }
  return total
}

/** Amounts as fit compares them. */
export function toResources(amounts: Amounts): Resources {
  const scalars = new Map<string, number>()
  for (const [name, amount] of amounts) {
    if (name !== 'cpu' && name !== 'memory' && name !== 'ephemeral-storage' && name !== 'pods')
      scalars.set(name, amount)
  }
  return {
    milliCpu: amounts.get('cpu') ?? 0,
    memory: amounts.get('memory') ?? 0,
    ephemeralStorage: amounts.get('ephemeral-storage') ?? 0,
    scalars,
  }
}

/** Reads a list of quantities. */
export function amountsOf(list: ResourceList | undefined): Amounts {
  const amounts: Amounts = new Map()
  if (list === undefined) return amounts
  for (const [name, text] of Object.entries(list))
    amounts.set(name, name === 'cpu' ? milliValue(text) : wholeValue(text))
  return amounts
}

function add(target: Amounts, more: Amounts): void {
  for (const [name, amount] of more) target.set(name, (target.get(name) ?? 0) + amount)
}

function raise(target: Amounts, atLeast: Amounts): void {
  for (const [name, amount] of atLeast) if (amount > (target.get(name) ?? 0)) target.set(name, amount)
}

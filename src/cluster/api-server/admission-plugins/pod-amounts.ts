import {
  addQuantities,
  compareQuantities,
  type PodSpec,
  parseQuantity,
  type Quantity,
  type ResourceList,
} from '../../../model/index.js'

/** Exact amounts by resource, each written as the manifest writes it. */
export type QuantityList = Map<string, Quantity>

/** Adds amounts to others. */
export function addAll(sum: QuantityList, amounts: ReadonlyMap<string, Quantity>): QuantityList {
  for (const [name, amount] of amounts) {
    const known = sum.get(name)
    sum.set(name, known === undefined ? amount : addQuantities(known, amount))
  }
  return sum
}

/** The amounts of a resource list. */
export const quantitiesOf = (list: ResourceList | undefined): QuantityList =>
  new Map(Object.entries(list ?? {}).map(([name, text]) => [name, parseQuantity(text)]))

/**
 * What a pod asks for: its containers and sidecars together, or an init container with the sidecars before it where that is more.
 *
 * component-helpers: resource/helpers.go AggregateContainerRequests, v1.32 (2.6 R-1), without the overhead.
 */
export function podAmounts(spec: PodSpec, part: 'requests' | 'limits'): QuantityList {
  const total: QuantityList = new Map()
  const sidecars: QuantityList = new Map()
  const largest: QuantityList = new Map()
  for (const { resources } of spec.containers) addAll(total, quantitiesOf(resources?.[part]))
  for (const { restartPolicy, resources } of spec.initContainers ?? []) {
    const own = quantitiesOf(resources?.[part])
    if (restartPolicy === 'Always') {
      addAll(total, own)
      raise(largest, addAll(sidecars, own))
    } else raise(largest, addAll(own, sidecars))
  }
  raise(total, largest)
  return total
}

function raise(amounts: QuantityList, least: ReadonlyMap<string, Quantity>): void {
  for (const [name, amount] of least) {
    const known = amounts.get(name)
    if (known === undefined || compareQuantities(known, amount) < 0) amounts.set(name, amount)
  }
}

/** As resource lists have them. */
export const textsOf = (amounts: ReadonlyMap<string, Quantity>): ResourceList =>
  Object.fromEntries([...amounts].map(([name, { text }]) => [name, text]))

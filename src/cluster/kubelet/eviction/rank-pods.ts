import type { Milliseconds } from '../../../time/index.js'
import { type PodUsage, priorityOf, usedBy } from './pod-usage.js'
import type { StarvedResource } from './thresholds.js'

/**
 * The pods in the order in which they are evicted: those without statistics first, then those that take more than they request, by
 * priority, by how much more they take. Equal ones stay in the order of their creation, which upstream's sorting leaves open.
 *
 * kubelet: pkg/kubelet/eviction/helpers.go rankMemoryPressure, rankDiskPressureFunc, rankPIDPressure, v1.32.
 */
export function rankPods(
  pods: readonly PodUsage[],
  resource: StarvedResource,
  instant: Milliseconds,
): readonly PodUsage[] {
  const ranked = pods.map(usage => {
    const used = usedBy(usage, resource, instant)
    const requested = requestOf(usage, resource)
    return { usage, used, over: used - requested, priority: priorityOf(usage.pod) }
  })
  const byUnknown = compare<Ranked>(({ usage }) => (usage.isKnown ? 1 : 0))
  const byExcess = compare<Ranked>(({ over }) => (over > 0 ? 0 : 1))
  const byPriority = compare<Ranked>(({ priority }) => priority)
  const byUse = compare<Ranked>(({ over }) => -over)
  const byCount = compare<Ranked>(({ used }) => -used)
  const order = resource === 'pids' ? [byPriority, byUnknown, byCount] : [byUnknown, byExcess, byPriority, byUse]
  return ranked.sort((a, b) => firstOf(order, a, b)).map(({ usage }) => usage)
}

interface Ranked {
  readonly usage: PodUsage
  readonly used: number
  readonly over: number
  readonly priority: number
}

type Compare<Item> = (a: Item, b: Item) => number

const compare =
  <Item>(key: (item: Item) => number): Compare<Item> =>
  (a, b) =>
    key(a) - key(b)

function firstOf<Item>(order: readonly Compare<Item>[], a: Item, b: Item): number {
  for (const each of order) {
    const result = each(a, b)
    if (result !== 0) return result
  }
  return 0
}

function requestOf({ pod }: PodUsage, resource: StarvedResource): number {
  const { memory, ephemeralStorage } = pod.active.spec.requests
  return resource === 'memory' ? memory : resource === 'pids' ? 0 : ephemeralStorage
}

import type { Node } from '../../model/index.js'

/** How much of a zone is not ready. */
export type ZoneState = 'Normal' | 'PartialDisruption' | 'FullDisruption'

const UNHEALTHY_SHARE = 0.55
const LARGE_CLUSTER = 50
const RATE = 0.1
const SECONDARY_RATE = 0.01

/** The zone of a node: nodes without such labels are one zone together. */
export function zoneOf({ metadata: { labels } }: Node): string {
  const region = labels?.['topology.kubernetes.io/region'] ?? labels?.['failure-domain.beta.kubernetes.io/region'] ?? ''
  const zone = labels?.['topology.kubernetes.io/zone'] ?? labels?.['failure-domain.beta.kubernetes.io/zone'] ?? ''
  return region === '' && zone === '' ? '' : `${region}:\0:${zone}`
}

/**
 * Judges a zone by its nodes.
 *
 * controllers: pkg/controller/nodelifecycle/node_lifecycle_controller.go ComputeZoneState, v1.26 and later (TA-4).
 */
export function computeZoneState(ready: number, notReady: number): ZoneState {
  if (ready === 0 && notReady > 0) return 'FullDisruption'
  return notReady > 2 && notReady / (notReady + ready) >= UNHEALTHY_SHARE ? 'PartialDisruption' : 'Normal'
}

/** How many nodes of a zone in such a state are tainted per second. */
export const taintingRate = (state: ZoneState, size: number): number => {
  if (state !== 'PartialDisruption') return RATE
  return size > LARGE_CLUSTER ? SECONDARY_RATE : 0
}

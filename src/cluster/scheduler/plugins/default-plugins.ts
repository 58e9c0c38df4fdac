import type { Profile } from '../../../model/index.js'
import type { Plugin } from '../plugin.js'
import { createBalancedAllocation } from './balanced-allocation.js'
import { imageLocality } from './image-locality.js'
import { InterPodAffinity } from './inter-pod-affinity.js'
import { createNodeAffinity } from './node-affinity.js'
import { nodeName } from './node-name.js'
import { nodePorts } from './node-ports.js'
import { createNodeResourcesFit } from './node-resources-fit.js'
import { nodeUnschedulable } from './node-unschedulable.js'
import { PodTopologySpread } from './pod-topology-spread.js'
import { createTaintToleration } from './taint-toleration.js'
import { volumeBinding } from './volume-binding.js'
import { volumeRestrictions } from './volume-restrictions.js'
import { volumeZone } from './volume-zone.js'

/**
 * The plugins of the default profile, in the order in which filters run; the first that refuses ends a node. How many volumes a node
 * may have (NodeVolumeLimits) is left out: no CSINode says it.
 *
 * scheduler: apis/config/v1/default_plugins.go, v1.32 (CY-4).
 */
export const createDefaultPlugins = (profile: Profile): readonly Plugin[] => [
  nodeUnschedulable,
  nodeName,
  createTaintToleration(profile),
  createNodeAffinity(),
  nodePorts,
  createNodeResourcesFit(profile),
  volumeRestrictions,
  volumeBinding,
  volumeZone,
  new PodTopologySpread(),
  new InterPodAffinity(profile),
  createBalancedAllocation(profile),
  imageLocality,
]

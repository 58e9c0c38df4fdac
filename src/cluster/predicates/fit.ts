import type { HostPort, NodeRecord, PodSpec, Resources } from '../contract/index.js'

/** What counts of a pod: what it asks of its node. */
interface Asking {
  readonly spec: Pick<PodSpec, 'requests' | 'hostPorts'>
}

/** What the pods on a node have taken. Kept up to date by adding and removing pods. */
export class NodeUse {
  pods = 0
  milliCpu = 0
  memory = 0
  ephemeralStorage = 0
  readonly scalars = new Map<string, number>()
  readonly hostPorts: HostPort[] = []

  /** A copy to try things on. */
  clone(): NodeUse {
    const copy = new NodeUse()
    copy.pods = this.pods
    copy.milliCpu = this.milliCpu
    copy.memory = this.memory
    copy.ephemeralStorage = this.ephemeralStorage
    for (const [name, amount] of this.scalars) copy.scalars.set(name, amount)
    copy.hostPorts.push(...this.hostPorts)
    return copy
  }

  add(pod: Asking): void {
    this.#change(pod.spec.requests, 1)
    if (pod.spec.hostPorts.length > 0) this.hostPorts.push(...pod.spec.hostPorts)
  }

  remove(pod: Asking): void {
    this.#change(pod.spec.requests, -1)
    for (const port of pod.spec.hostPorts) this.hostPorts.splice(this.hostPorts.indexOf(port), 1)
  }

  #change(requests: Resources, sign: 1 | -1): void {
    this.pods += sign
    this.milliCpu += sign * requests.milliCpu
    this.memory += sign * requests.memory
    this.ephemeralStorage += sign * requests.ephemeralStorage
    if (requests.scalars.size === 0) return
    for (const [name, amount] of requests.scalars) this.scalars.set(name, (this.scalars.get(name) ?? 0) + sign * amount)
  }
}

/** A resource of which a node has not enough: amounts in millicores, bytes or pieces. */
export interface Shortage {
  readonly resource: string
  readonly requested: number
  readonly used: number
  readonly capacity: number
}

/** Extended resources that a scheduler leaves to others (NodeResourcesFitArgs). */
export interface IgnoredResources {
  readonly ignoredResources?: readonly string[] | undefined
  /** The part of the name before the slash. */
  readonly ignoredResourceGroups?: readonly string[] | undefined
}

/**
 * Every resource that a pod would overdraw, in the order pods, cpu, memory, ephemeral-storage, others.
 *
 * scheduler: framework/plugins/noderesources/fit.go fitsRequest, v1.32 (F-6).
 */
export function shortages(
  requests: Resources,
  node: Pick<NodeRecord, 'allocatable' | 'podLimit'>,
  use: NodeUse,
  ignored?: IgnoredResources,
): readonly Shortage[] {
  const { allocatable, podLimit } = node
  const found: Shortage[] = []
  const compare = (resource: string, requested: number, used: number, capacity: number): void => {
    if (requested > 0 && requested > capacity - used) found.push({ resource, requested, used, capacity })
  }
  compare('pods', 1, use.pods, podLimit)
  compare('cpu', requests.milliCpu, use.milliCpu, allocatable.milliCpu)
  compare('memory', requests.memory, use.memory, allocatable.memory)
  compare('ephemeral-storage', requests.ephemeralStorage, use.ephemeralStorage, allocatable.ephemeralStorage)
  for (const [resource, requested] of requests.scalars) {
    if (ignored !== undefined && isIgnored(resource, ignored)) continue
    compare(resource, requested, use.scalars.get(resource) ?? 0, allocatable.scalars.get(resource) ?? 0)
  }
  return found
}

function isIgnored(resource: string, { ignoredResources, ignoredResourceGroups }: IgnoredResources): boolean {
  if (!isExtendedResource(resource)) return false
  const [group] = resource.split('/')
  return Boolean(ignoredResources?.includes(resource) || ignoredResourceGroups?.includes(group))
}

/** Resources of somebody else's domain: kubernetes.io and names without a domain are Kubernetes' own. */
const isExtendedResource = (name: string): boolean => name.includes('/') && !name.includes('kubernetes.io/')

/** Whether one of the wanted host ports is taken (F-5). */
export function hasPortConflict(wanted: readonly HostPort[], taken: readonly HostPort[]): boolean {
  for (const want of wanted) {
    for (const has of taken) {
      if (want.port !== has.port || want.protocol !== has.protocol) continue
      if (want.ip === has.ip || want.ip === ANY_ADDRESS || has.ip === ANY_ADDRESS) return true
    }
  }
  return false
}

/** An absent hostIP means every address. */
export const ANY_ADDRESS = '0.0.0.0'

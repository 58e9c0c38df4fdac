import { milliValue, type PodStatus, type ResourceList, wholeValue } from '../../model/index.js'
import type { Resources } from '../contract/index.js'

/** What the computation looks at in a pod's spec; quantities are texts, as in the API. */
export interface RequestingSpec {
  readonly initContainers?: readonly RequestingContainer[] | undefined
  readonly containers: readonly RequestingContainer[]
  readonly overhead?: ResourceList | undefined
  /** What the pod as a whole asks for. */
  readonly resources?: RequestedResources | undefined
}

export interface RequestingContainer {
  readonly name?: string | undefined
  readonly restartPolicy?: string | undefined
  readonly resources?: RequestedResources | undefined
}

interface RequestedResources {
  readonly requests?: ResourceList | undefined
  readonly limits?: ResourceList | undefined
}

/** What else the computation is told; the default is what v1.32 counts for a pod that is to be scheduled. */
export interface RequestOptions {
  /** Whether `spec.resources` takes the place of what the containers want together (R-2; on from 1.34). */
  readonly podLevelResources?: boolean
  readonly excludesOverhead?: boolean
  readonly excludesContainers?: boolean
  /** What a container counts for that does not mention a resource (R-4: NonZeroRequested). */
  readonly unmentioned?: ResourceList | undefined
  /** What the kubelet granted so far: a pod in the middle of a resize counts for the larger (R-3; on from 1.33). */
  readonly status?: ResizedStatus | undefined
}

type ResizedStatus = Pick<PodStatus, 'resize'> & {
  readonly conditions?: readonly { readonly type: string; readonly reason?: string | undefined }[] | undefined
  readonly containerStatuses?: readonly ResizedContainer[] | undefined
  readonly initContainerStatuses?: readonly ResizedContainer[] | undefined
}

interface ResizedContainer {
  readonly name: string
  readonly resources?: RequestedResources | undefined
  readonly allocatedResources?: ResourceList | undefined
}

/** Amounts by resource name: millicores for `cpu`, whole units for the rest. */
export type Amounts = Map<string, number>

type Kind = 'requests' | 'limits'

/**
 * What a pod counts for on a node: the larger of what its containers and sidecars want together and what each init container
 * wants beside the sidecars before it, plus the overhead.
 *
 * component-helpers: resource/helpers.go PodRequests, PodLimits, v1.32 (R-1 to R-4 of control-plane.md 2.6).
 */
export function effectiveAmounts(spec: RequestingSpec, kind: Kind, options: RequestOptions = NO_OPTIONS): Amounts {
  const total: Amounts = options.excludesContainers ? new Map() : containerAmounts(spec, kind, options)
  if (options.podLevelResources) {
    for (const [name, amount] of amountsOf(spec.resources?.[kind])) if (isPodLevel(name)) total.set(name, amount)
  }
  if (options.excludesOverhead) return total
  for (const [name, amount] of amountsOf(spec.overhead)) {
    if (kind === 'requests' || (total.get(name) ?? 0) > 0) total.set(name, (total.get(name) ?? 0) + amount)
  }
  return total
}

const NO_OPTIONS: RequestOptions = {}

/** AggregateContainerRequests, AggregateContainerLimits. */
function containerAmounts(spec: RequestingSpec, kind: Kind, options: RequestOptions): Amounts {
  const total: Amounts = new Map()
  for (const container of spec.containers) add(total, ownAmounts(container, kind, options, true))
  const sidecars: Amounts = new Map()
  const largestInit: Amounts = new Map()
  for (const container of spec.initContainers ?? []) {
    const isSidecar = container.restartPolicy === 'Always'
    const own = ownAmounts(container, kind, options, isSidecar)
    if (isSidecar) {
      add(total, own)
      add(sidecars, own)
      raise(largestInit, sidecars)
    } else {
      add(own, sidecars)
      raise(largestInit, own)
    }
  }
  raise(total, largestInit)
  return total
}

/** What one container wants; only those that run on can be resized. */
function ownAmounts(
  container: RequestingContainer,
  kind: Kind,
  { status, unmentioned }: RequestOptions,
  isResizable: boolean,
): Amounts {
  const wanted = amountsOf(container.resources?.[kind])
  const granted = isResizable && status !== undefined ? grantedAmounts(status, container.name, kind) : undefined
  // What cannot be granted does not count.
  if (granted !== undefined && !isInfeasible(status)) raise(granted, wanted)
  const own = granted ?? wanted
  if (unmentioned !== undefined && kind === 'requests') {
    for (const [name, amount] of amountsOf(unmentioned)) if (!own.has(name)) own.set(name, amount)
  }
  return own
}

/** What the kubelet reports that a container has; undefined: it has not reported yet. */
function grantedAmounts(status: ResizedStatus, name: string | undefined, kind: Kind): Amounts | undefined {
  const { containerStatuses = [], initContainerStatuses = [] } = status
  const reported = [...initContainerStatuses, ...containerStatuses].find(each => each.name === name)
  const isReported = reported?.resources !== undefined || reported?.allocatedResources !== undefined
  if (!isReported) return undefined
  const granted = amountsOf(reported.resources?.[kind])
  if (kind === 'requests') raise(granted, amountsOf(reported.allocatedResources))
  return granted
}

/** Up to 1.32 a field of the status says so, later a condition. */
const isInfeasible = (status: ResizedStatus | undefined): boolean =>
  status?.resize === 'Infeasible' ||
  status?.conditions?.find(({ type }) => type === 'PodResizePending')?.reason === 'Infeasible'

/** Resources that can be asked for by a pod as a whole. */
const isPodLevel = (name: string): boolean => name === 'cpu' || name === 'memory' || name.startsWith('hugepages-')

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

/** Takes the larger of each; a resource that is mentioned at all stays mentioned, with zero if need be. */
function raise(target: Amounts, atLeast: Amounts): void {
  for (const [name, amount] of atLeast) {
    const known = target.get(name)
    if (known === undefined || amount > known) target.set(name, amount)
  }
}

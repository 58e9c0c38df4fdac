import {
  controllerOf,
  type KubernetesObject,
  matchesLabelSelector,
  type ObjectMeta,
  type OwnerReference,
  type PodDisruptionBudget,
} from '../../model/index.js'

/** A pod as a budget looks at it. */
export interface BudgetedPod {
  readonly metadata: ObjectMeta
  /** Ready and not on its way out. */
  readonly isHealthy: boolean
}

/** Looks an owner up, for the number of its pods. */
export type FindObject = (kind: string, namespace: string, name: string) => KubernetesObject | null

/** What the disruption controller writes into a budget's status. */
export interface BudgetState {
  readonly healthy: number
  readonly desired: number
  readonly allowed: number
}

/** How many of a budget's pods may be disrupted now. */
export const disruptionsAllowed = (
  budget: PodDisruptionBudget,
  pods: readonly BudgetedPod[],
  find: FindObject,
): number => budgetState(budget, pods, find).allowed

/**
 * Counts a budget's pods.
 *
 * kubernetes: pkg/controller/disruption/disruption.go getExpectedPodCount, updatePdbStatus, v1.32 (PDB-1, PDB-2).
 */
function budgetState(
  { metadata: { namespace = 'default' }, spec }: PodDisruptionBudget,
  pods: readonly BudgetedPod[],
  find: FindObject,
): BudgetState {
  const matching = pods.filter(
    ({ metadata }) =>
      (metadata.namespace ?? 'default') === namespace && matchesLabelSelector(spec.selector, metadata.labels),
  )
  const healthy = matching.filter(({ isHealthy }) => isHealthy).length
  const { minAvailable, maxUnavailable } = spec
  const isCount = maxUnavailable === undefined && typeof minAvailable === 'number'
  const expected = isCount ? matching.length : expectedByOwners(matching, namespace, find)
  const desired =
    maxUnavailable === undefined
      ? roundedUp(minAvailable ?? 0, expected)
      : Math.max(0, expected - roundedUp(maxUnavailable, expected))
  return { healthy, desired, allowed: expected <= 0 ? 0 : Math.max(0, healthy - desired) }
}

/** Pods without a controller do not count. */
function expectedByOwners(pods: readonly BudgetedPod[], namespace: string, find: FindObject): number {
  const owners = new Map<string, number>()
  for (const { metadata } of pods) {
    const owner = controllerOf(metadata)
    if (owner === undefined) continue
    const { kind, name, object } = scaledBy(owner, namespace, find)
    const replicas = object !== null && 'spec' in object ? (object.spec as { replicas?: number }).replicas : undefined
    owners.set(`${kind}/${name}`, replicas ?? 1)
  }
  let expected = 0
  for (const replicas of owners.values()) expected += replicas
  return expected
}

interface Scaled {
  readonly kind: string
  readonly name: string
  readonly object: KubernetesObject | null
}

/** The object whose replicas count: of a Deployment's ReplicaSet the Deployment (PDB-2). */
function scaledBy({ kind, name }: OwnerReference, namespace: string, find: FindObject): Scaled {
  const object = find(kind, namespace, name)
  const above = object === null || kind !== 'ReplicaSet' ? undefined : controllerOf(object.metadata)
  if (above?.kind !== 'Deployment') return { kind, name, object }
  const deployment = find(above.kind, namespace, above.name)
  return deployment === null ? { kind, name, object } : { kind: above.kind, name: above.name, object: deployment }
}

/** A count, or a percentage of `whole`, rounded up. */
const roundedUp = (amount: number | string, whole: number): number =>
  typeof amount === 'number' ? amount : Math.ceil((Number.parseInt(amount, 10) * whole) / 100)

import {
  controllerOf,
  type LabelSelector,
  type Labels,
  matchesLabelSelector,
  type PodAffinityTerm,
  type PreferredSchedulingTerm,
  type Toleration,
  type TopologySpreadConstraint,
} from '../../model/index.js'
import { type ClaimUse, claimsOf, type PodSpec } from '../contract/index.js'
import { effectiveAmounts } from '../predicates/index.js'
import { type MergedSelector, mergeSelector } from './selector.js'

/** A pod as the scheduler's plugins look at it, worked out once for all pods that were made of the same template. */
export interface PodInfo {
  /** That of the first such pod. */
  readonly spec: PodSpec
  readonly namespace: string
  /** That of the first such pod; of pods with claims of their own no two are alike. */
  readonly name: string
  readonly claims: readonly ClaimUse[]
  readonly labels: Labels
  readonly priority: number
  readonly tolerations: readonly Toleration[]
  /** Requests with 100m and 200Mi for containers that do not mention them. */
  readonly nonZeroMilliCpu: number
  readonly nonZeroMemory: number
  readonly requiredAffinity: readonly AffinityTerm[]
  readonly requiredAntiAffinity: readonly AffinityTerm[]
  readonly preferredAffinity: readonly AffinityTerm[]
  readonly preferredAntiAffinity: readonly AffinityTerm[]
  /** Whether the spec has podAffinity or podAntiAffinity at all. */
  readonly hasPodAffinity: boolean
  readonly preferredNodes: readonly PreferredSchedulingTerm[]
  /** Whether the pod has constraints of its own, so that the default ones do not count. */
  readonly hasSpreadConstraints: boolean
  readonly hardSpread: readonly SpreadConstraint[]
  readonly softSpread: readonly SpreadConstraint[]
  /** Images of init containers and containers, with their tag. */
  readonly images: readonly string[]
  /** Made when first asked for, by `signatureOf`. */
  signature: string | undefined
}

/** A term of pod affinity, with its namespaces resolved as far as the pod says (IPA-1). */
export interface AffinityTerm {
  readonly namespaces: ReadonlySet<string>
  readonly namespaceSelector: LabelSelector | undefined
  readonly selector: LabelSelector | undefined
  readonly topologyKey: string
  readonly weight: number
}

/** A constraint of topology spread with its selector merged with matchLabelKeys (PTS-1, PTS-5). */
export interface SpreadConstraint {
  readonly topologyKey: string
  readonly maxSkew: number
  readonly minDomains: number
  readonly honorsAffinity: boolean
  readonly honorsTaints: boolean
  readonly selector: MergedSelector
}

/** Containers without a request count as this much when nodes are compared. */
const UNMENTIONED = { cpu: '100m', memory: '209715200' }

/** By the spec of the API object, which the pods of a template share. */
const known = new WeakMap<PodSpec['object']['spec'], PodInfo>()

/** What the plugins look at of a pod; the same object for the same spec, and for pods that differ in their names alone. */
export function podInfoOf(spec: PodSpec): PodInfo {
  const key = spec.object.spec
  let info = known.get(key)
  if (info === undefined || !isAlike(info.spec, spec)) {
    info = compile(spec)
    known.set(key, info)
  }
  return info
}

/** Whether specs made of the same spec object are the same to every plugin: metadata and releases may differ. */
function isAlike(a: PodSpec, b: PodSpec): boolean {
  if (a === b) return true
  const [left, right] = [a.object.metadata, b.object.metadata]
  return (
    left.labels === right.labels &&
    left.ownerReferences === right.ownerReferences &&
    left.namespace === right.namespace &&
    a.requests === b.requests &&
    (left.name === right.name || claimsOf(a.object) === claimsOf(b.object))
  )
}

function compile(spec: PodSpec): PodInfo {
  const { object } = spec
  const { metadata } = object
  const { affinity, tolerations = [], topologySpreadConstraints = [], priority = 0 } = object.spec
  const { podAffinity, podAntiAffinity, nodeAffinity } = affinity ?? {}
  const namespace = metadata.namespace ?? 'default'
  const nonZero = effectiveAmounts(object.spec, 'requests', { unmentioned: UNMENTIONED })
  const term = (each: PodAffinityTerm): AffinityTerm => termOf(each, 0, namespace)
  const weighted = (each: { readonly weight: number; readonly podAffinityTerm: PodAffinityTerm }): AffinityTerm =>
    termOf(each.podAffinityTerm, each.weight, namespace)
  const spread = (when: TopologySpreadConstraint['whenUnsatisfiable']): SpreadConstraint[] =>
    topologySpreadConstraints
      .filter(each => each.whenUnsatisfiable === when)
      .map(each => spreadConstraintOf(each, metadata.labels))
  return {
    spec,
    namespace,
    name: metadata.name ?? '',
    claims: claimsOf(object),
    labels: metadata.labels,
    priority,
    tolerations,
    nonZeroMilliCpu: nonZero.get('cpu') ?? 0,
    nonZeroMemory: nonZero.get('memory') ?? 0,
    requiredAffinity: (podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map(term),
    requiredAntiAffinity: (podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map(term),
    preferredAffinity: (podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(weighted),
    preferredAntiAffinity: (podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(weighted),
    hasPodAffinity: podAffinity !== undefined || podAntiAffinity !== undefined,
    preferredNodes: nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [],
    hasSpreadConstraints: topologySpreadConstraints.length > 0,
    hardSpread: spread('DoNotSchedule'),
    softSpread: spread('ScheduleAnyway'),
    images: [...(object.spec.initContainers ?? []), ...object.spec.containers].map(({ image }) => withTag(image)),
    signature: undefined,
  }
}

/** Equal for pods that the plugins cannot tell apart, but for what they request. */
export function signatureOf(pod: PodInfo): string {
  if (pod.signature === undefined) {
    const { affinity, nodeSelector, topologySpreadConstraints } = pod.spec.object.spec
    const owner = controllerOf(pod.spec.object.metadata)
    pod.signature = JSON.stringify([
      pod.namespace,
      pod.labels,
      affinity,
      nodeSelector,
      pod.tolerations,
      topologySpreadConstraints,
      owner,
    ])
  }
  return pod.signature
}

/** scheduler: framework/types.go getNamespacesFromPodAffinityTerm, newAffinityTerm, v1.32 (IPA-1). */
const termOf = (term: PodAffinityTerm, weight: number, namespace: string): AffinityTerm => ({
  namespaces: new Set(
    (term.namespaces ?? []).length === 0 && term.namespaceSelector === undefined ? [namespace] : term.namespaces,
  ),
  namespaceSelector: term.namespaceSelector,
  selector: term.labelSelector,
  topologyKey: term.topologyKey,
  weight,
})

/** scheduler: podtopologyspread/common.go filterTopologySpreadConstraints, v1.32. */
export function spreadConstraintOf(constraint: TopologySpreadConstraint, labels: Labels): SpreadConstraint {
  const byKeys: Record<string, string> = {}
  for (const key of constraint.matchLabelKeys ?? []) {
    if (labels !== undefined && Object.hasOwn(labels, key)) byKeys[key] = labels[key]
  }
  return {
    topologyKey: constraint.topologyKey,
    maxSkew: constraint.maxSkew,
    minDomains: constraint.minDomains ?? 1,
    honorsAffinity: constraint.nodeAffinityPolicy !== 'Ignore',
    honorsTaints: constraint.nodeTaintsPolicy === 'Honor',
    selector: mergeSelector(constraint.labelSelector, byKeys),
  }
}

/** Whether a term means a pod; `namespaceLabels` are those of the pod's namespace (IPA-1). */
export function matchesTerm(
  term: AffinityTerm,
  namespace: string,
  labels: Labels,
  namespaceLabels: (namespace: string) => Labels,
): boolean {
  const isInNamespace =
    term.namespaces.has(namespace) ||
    (term.namespaceSelector !== undefined && matchesLabelSelector(term.namespaceSelector, namespaceLabels(namespace)))
  return isInNamespace && matchesLabelSelector(term.selector, labels)
}

/** scheduler: imagelocality/image_locality.go normalizedImageName. */
const withTag = (image: string): string =>
  image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image

/** What a pod asks of cpu and memory in all, unmentioned ones left out. */
export const hasRequests = ({ spec }: PodInfo): boolean => spec.requests.milliCpu > 0 || spec.requests.memory > 0

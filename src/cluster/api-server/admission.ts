import {
  type Affinity,
  type Kind,
  type KubernetesObject,
  type LabelSelector,
  type LabelSelectorRequirement,
  type Labels,
  type Pod,
  type PodAffinity,
  type PodAffinityTerm,
  type PriorityClass,
  parseQuantity,
  type ResourceList,
  type Toleration,
} from '../../model/index.js'

/** Cluster-wide objects that admission looks up. */
export interface AdmissionObjects {
  list<Name extends Kind>(kind: Name): readonly Extract<KubernetesObject, { readonly kind: Name }>[]
}

/** A pod as it is stored, or why it is not, in the API server's words. */
export type Admitted = { readonly pod: Pod } | { readonly refusal: string }

/** A refusal on its way out. */
class Refused {
  readonly why: string

  constructor(why: string) {
    this.why = why
  }
}

/**
 * What the API server makes of a pod beyond its defaults: priority and runtime class resolved, silent nodes tolerated for a while,
 * label keys of affinity terms merged. A pod that is not concerned comes back as it is.
 */
export function admitPod(pod: Pod, objects: AdmissionObjects): Admitted {
  const refusedOrPod = withMergedLabelKeys(withRuntimeClass(tolerating(withPriority(pod, objects)), objects))
  if (!(refusedOrPod instanceof Refused)) return { pod: refusedOrPod }
  // Before it has a name a pod is called by the beginning of it.
  const { name, generateName = '' } = pod.metadata
  return { refusal: `pods "${name || generateName}" is forbidden: ${refusedOrPod.why}` }
}

/** Classes that every cluster has. */
const SYSTEM_PRIORITIES: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
}

interface Priority {
  readonly name: string | undefined
  readonly value: number
  readonly policy: 'PreemptLowerPriority' | 'Never'
}

/** kubernetes: plugin/pkg/admission/priority/admission.go admitPod, v1.32 (ADM-5). */
function withPriority(pod: Pod, objects: AdmissionObjects): Pod | Refused {
  const { spec } = pod
  const classes = objects.list('PriorityClass')
  const isConcerned =
    spec.priorityClassName || spec.priority !== undefined || spec.preemptionPolicy !== undefined || classes.length > 0
  if (!isConcerned) return pod
  const computed = spec.priorityClassName ? named(spec.priorityClassName, classes) : byDefault(classes)
  if (computed === undefined) return new Refused(`no PriorityClass with name ${spec.priorityClassName} was found`)
  const { name, value, policy } = computed
  if (spec.priority !== undefined && spec.priority !== value) {
    return new Refused(
      `the integer value of priority (${spec.priority}) must not be provided in pod spec; priority admission controller computed ${value} from the given PriorityClass name`,
    )
  }
  if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== policy) {
    return new Refused(
      `the string value of PreemptionPolicy (${spec.preemptionPolicy}) must not be provided in pod spec; priority admission controller computed ${policy} from the given PriorityClass name`,
    )
  }
  const className = name === undefined ? {} : { priorityClassName: name }
  return { ...pod, spec: { ...spec, ...className, priority: value, preemptionPolicy: policy } }
}

function named(name: string, classes: readonly PriorityClass[]): Priority | undefined {
  const found = classes.find(({ metadata }) => metadata.name === name)
  if (found !== undefined) return priorityOf(found)
  const value = Object.hasOwn(SYSTEM_PRIORITIES, name) ? SYSTEM_PRIORITIES[name] : undefined
  return value === undefined ? undefined : { name, value, policy: 'PreemptLowerPriority' }
}

const priorityOf = ({ metadata, value, preemptionPolicy }: PriorityClass): Priority => ({
  name: metadata.name,
  value,
  policy: preemptionPolicy ?? 'PreemptLowerPriority',
})

/** The global default class; of several the one with the lowest value. */
function byDefault(classes: readonly PriorityClass[]): Priority {
  const defaults = classes.filter(({ globalDefault }) => globalDefault === true)
  if (defaults.length === 0) return { name: undefined, value: 0, policy: 'PreemptLowerPriority' }
  return priorityOf(defaults.reduce((lowest, each) => (each.value < lowest.value ? each : lowest)))
}

const DEFAULT_TOLERATION_SECONDS = 300

/** Whether a toleration is about a taint with this key and effect NoExecute. */
const isAbout =
  (wanted: string) =>
  ({ key, effect }: Toleration): boolean =>
    (key === undefined || key === '' || key === wanted) &&
    (effect === undefined || (effect as string) === '' || effect === 'NoExecute')

/**
 * A pod that tolerates silent nodes for a while, be it created or updated.
 *
 * kubernetes: plugin/pkg/admission/defaulttolerationseconds/admission.go Admit, v1.32.
 */
export function withDefaultTolerations(pod: Pod): Pod {
  const { tolerations = [] } = pod.spec
  const missing = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].filter(
    key => !tolerations.some(isAbout(key)),
  )
  if (missing.length === 0) return pod
  const added = missing.map(
    (key): Toleration => ({
      key,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: DEFAULT_TOLERATION_SECONDS,
    }),
  )
  return { ...pod, spec: { ...pod.spec, tolerations: [...tolerations, ...added] } }
}

const tolerating = (pod: Pod | Refused): Pod | Refused => (pod instanceof Refused ? pod : withDefaultTolerations(pod))

const OVERHEAD_OF_NOBODY = 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead'

/** kubernetes: plugin/pkg/admission/runtimeclass/admission.go Admit, v1.32. */
function withRuntimeClass(pod: Pod | Refused, objects: AdmissionObjects): Pod | Refused {
  if (pod instanceof Refused) return pod
  const hasOverhead = Object.keys(pod.spec.overhead ?? {}).length > 0
  if (!pod.spec.runtimeClassName) return hasOverhead ? new Refused(OVERHEAD_OF_NOBODY) : pod
  const { spec } = pod
  const found = objects.list('RuntimeClass').find(({ metadata }) => metadata.name === spec.runtimeClassName)
  if (found === undefined) return new Refused(`pod rejected: RuntimeClass "${spec.runtimeClassName}" not found`)
  const overhead = found.overhead?.podFixed
  if (hasOverhead && overhead === undefined) return new Refused(OVERHEAD_OF_NOBODY)
  if (hasOverhead && overhead !== undefined && !isSameList(spec.overhead ?? {}, overhead)) {
    return new Refused("pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead")
  }
  const { nodeSelector = {}, tolerations = [] } = found.scheduling ?? {}
  for (const [key, value] of Object.entries(nodeSelector)) {
    if (spec.nodeSelector !== undefined && Object.hasOwn(spec.nodeSelector, key) && spec.nodeSelector[key] !== value) {
      return new Refused(
        `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${value}; pod.spec.nodeSelector[${key}] = ${spec.nodeSelector[key]}`,
      )
    }
  }
  return {
    ...pod,
    spec: {
      ...spec,
      ...(overhead && { overhead }),
      ...(Object.keys(nodeSelector).length > 0 && { nodeSelector: { ...spec.nodeSelector, ...nodeSelector } }),
      ...(tolerations.length > 0 && { tolerations: mergeTolerations(spec.tolerations ?? [], tolerations) }),
    },
  }
}

const mergeTolerations = (own: readonly Toleration[], others: readonly Toleration[]): readonly Toleration[] => [
  ...own,
  ...others.filter(other => !own.some(each => JSON.stringify(each) === JSON.stringify(other))),
]

function isSameList(a: ResourceList, b: ResourceList): boolean {
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every(name => Object.hasOwn(b, name) && parseQuantity(a[name]).nanos === parseQuantity(b[name]).nanos)
  )
}

/**
 * Merges matchLabelKeys and mismatchLabelKeys of pod affinity into the selectors.
 *
 * kubernetes: pkg/registry/core/pod/strategy.go applyMatchLabelKeysAndMismatchLabelKeys, v1.32 (IPA-2).
 */
function withMergedLabelKeys(pod: Pod | Refused): Pod | Refused {
  if (pod instanceof Refused) return pod
  const { affinity } = pod.spec
  if (affinity?.podAffinity === undefined && affinity?.podAntiAffinity === undefined) return pod
  const merge = (terms: PodAffinity | undefined): PodAffinity | undefined =>
    terms && mergePodAffinity(terms, pod.metadata.labels)
  const podAffinity = merge(affinity.podAffinity)
  const podAntiAffinity = merge(affinity.podAntiAffinity)
  if (podAffinity === affinity.podAffinity && podAntiAffinity === affinity.podAntiAffinity) return pod
  const merged: Affinity = {
    ...affinity,
    ...(podAffinity && { podAffinity }),
    ...(podAntiAffinity && { podAntiAffinity }),
  }
  return { ...pod, spec: { ...pod.spec, affinity: merged } }
}

/** The same object where no term has such keys. */
function mergePodAffinity(affinity: PodAffinity, labels: Labels): PodAffinity {
  const required = affinity.requiredDuringSchedulingIgnoredDuringExecution ?? []
  const preferred = affinity.preferredDuringSchedulingIgnoredDuringExecution ?? []
  if (![...required, ...preferred.map(({ podAffinityTerm }) => podAffinityTerm)].some(hasLabelKeys)) return affinity
  return {
    ...(required.length > 0 && {
      requiredDuringSchedulingIgnoredDuringExecution: required.map(term => mergeTerm(term, labels)),
    }),
    ...(preferred.length > 0 && {
      preferredDuringSchedulingIgnoredDuringExecution: preferred.map(each => ({
        ...each,
        podAffinityTerm: mergeTerm(each.podAffinityTerm, labels),
      })),
    }),
  }
}

const hasLabelKeys = ({ matchLabelKeys = [], mismatchLabelKeys = [] }: PodAffinityTerm): boolean =>
  matchLabelKeys.length > 0 || mismatchLabelKeys.length > 0

/** A term without a selector matches nothing, and stays so. */
function mergeTerm(term: PodAffinityTerm, labels: Labels): PodAffinityTerm {
  const { labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] } = term
  if (labelSelector === undefined) return term
  const added = (keys: readonly string[], operator: 'In' | 'NotIn'): LabelSelectorRequirement[] =>
    keys.flatMap(key =>
      labels !== undefined && Object.hasOwn(labels, key) ? [{ key, operator, values: [labels[key]] }] : [],
    )
  const selector: LabelSelector = {
    ...labelSelector,
    matchExpressions: [
      ...(labelSelector.matchExpressions ?? []),
      ...added(matchLabelKeys, 'In'),
      ...added(mismatchLabelKeys, 'NotIn'),
    ],
  }
  return { ...term, labelSelector: selector }
}
